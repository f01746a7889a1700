import { XmlElement } from '@rgrove/parse-xml';

/** The child elements with a name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) =>
    child instanceof XmlElement && child.name === name ? [child] : [],
  );
}

/** The text of the first child with a name; undefined when there is none. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text.trim();
}

/** Every element with a name at any depth. */
export function descendantsOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => {
    if (!(child instanceof XmlElement)) return [];
    return [...(child.name === name ? [child] : []), ...descendantsOf(child, name)];
  });
}
