import { final, stage } from '@stagecraft/core';

const builder = stage('builder')
  .from('maven:3.9-eclipse-temurin-21')
  .workdir('/src')
  .copy('app/', './')
  .run(['mvn', '--batch-mode', '--offline', 'package']);

/** Before: Maven, a JDK and the sources travel with the jar, as root. */
export const fat = final().from(builder).cmd(['java', '-jar', 'target/hello.jar']);

/** After: a runtime and one jar. The base's entrypoint is `java -jar`. */
export default final()
  .distroless('java21')
  .workdir('/app')
  .copyFrom(builder, '/src/target/hello.jar', './hello.jar')
  .cmd(['hello.jar']);
