type Labels = Readonly<Record<string, string>>;

/** What all of these sets of labels have. */
export function commonLabels([first = {}, ...others]: readonly Labels[]): Labels {
  return Object.fromEntries(Object.entries(first).filter(([key, value]) => others.every((labels) => Object.hasOwn(labels, key) && labels[key] === value)));
}
