const OPTIONALS: ReadonlySet<string> = new Set(["orValue", "or", "hasValue", "optMap", "optFlatMap", "none", "of", "ofNonZeroValue"]);
const LOOPS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap", "transformMapEntry"]);

const NO_OPTIONALS = "Optional fields (`?.`, `[?…]`, `orValue`) are not there: write `has(object.a) ? object.a : 1`, or `'key' in map`.";

/** What an expression may not call, in the words of somebody who knows it from Kubernetes or from CEL's extensions. */
export function sayMissingFunction(name: string): string {
  if (OPTIONALS.has(name)) return NO_OPTIONALS;
  if (LOOPS.has(name)) return `${name} takes one variable and one or two expressions: of a map the variable is the key, so write \`m.all(k, m[k] != '')\`.`;
  if (name === "has") return "has takes a field, such as has(object.spec).";
  return `There is no function called ${name} that takes what it is given here.`;
}

/** What is behind an expression that cannot be read, where its text tells; null where it does not. */
export function sayMissingSyntax(source: string): string | null {
  const withoutTexts = source.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/.*/g, "''");
  return /[\w)\]]\s*\.\?|\[\s*\?|\?\.(?!\d)/.test(withoutTexts) ? NO_OPTIONALS : null;
}
