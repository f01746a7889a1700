/** The variables a word may name. */
export type Environment = ReadonlyMap<string, string> | Readonly<Record<string, string>>;

/** The value of a variable; undefined when it is not set. */
export function lookUp(environment: Environment, name: string): string | undefined {
  if (isMap(environment)) return environment.get(name);
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}

function isMap(environment: Environment): environment is ReadonlyMap<string, string> {
  return typeof environment.get === 'function';
}
