import { parseImageReference } from "./image-reference";
import { matchesGlob } from "./matches-glob";

/** The ways to write one image: with Docker Hub and its tag written out or left out. */
function spellingsOf(image: string): readonly string[] {
  const parsed = parseImageReference(image);
  if (!parsed) return [image];
  const { registry, path, tag, digest } = parsed;
  const written = `${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
  const suffixes = written === "" ? ["", ":latest"] : [written];
  if (registry !== "docker.io") return [image, ...suffixes.map((suffix) => `${registry}/${path}${suffix}`)];
  const paths = new Set([path, path.replace(/^library\//, "")]);
  const names = [...paths].flatMap((item) => [item, `docker.io/${item}`, `index.docker.io/${item}`]);
  return [image, ...names.flatMap((name) => suffixes.map((suffix) => `${name}${suffix}`))];
}

/** Whether a pattern of Kyverno, whose `*` goes over slashes, names an image. */
export function namesImage(pattern: string, image: string): boolean {
  return spellingsOf(image).some((spelling) => matchesGlob(pattern, spelling));
}

const ANY = "**";

/** Each character by itself, `**` as one. */
function toTokens(glob: string): readonly string[] {
  return glob.match(/\*\*|[\s\S]/g) ?? [];
}

/** Every place of the pattern that the text so far may have come to, so that no pattern takes longer than the product of both lengths. */
function matchesTokens(tokens: readonly string[], value: string): boolean {
  const skip = (places: ReadonlySet<number>): Set<number> => {
    const all = new Set(places);
    for (const place of all) if (tokens[place] === "*" || tokens[place] === ANY) all.add(place + 1);
    return all;
  };
  let places = skip(new Set([0]));
  for (const character of value) {
    const next = new Set<number>();
    for (const place of places) {
      const token = tokens[place];
      if (token === ANY || (token === "*" && character !== "/")) next.add(place);
      else if (token === character) next.add(place + 1);
    }
    places = skip(next);
    if (places.size === 0) return false;
  }
  return places.has(tokens.length);
}

/** The whole name as policy-controller compares it: Docker Hub is `index.docker.io`, and a digest stands in place of the tag. */
function wholeName(image: string): string {
  const parsed = parseImageReference(image);
  if (!parsed) return image;
  const registry = parsed.registry === "docker.io" ? "index.docker.io" : parsed.registry;
  return `${registry}/${parsed.path}${parsed.digest === null ? `:${parsed.tag ?? "latest"}` : `@${parsed.digest}`}`;
}

const SHORT: Readonly<Record<string, string>> = { "*": "index.docker.io/library/*", "*/*": "index.docker.io/*/*" };

/** Whether a glob of a ClusterImagePolicy, whose `*` stops at slashes and whose `**` does not, names an image. */
export function coversImage(glob: string, image: string): boolean {
  if (glob === ANY) return true;
  const pattern = SHORT[glob] ?? glob;
  const literal = pattern.slice(0, pattern.includes("*") ? pattern.indexOf("*") : undefined);
  const names = [wholeName(image), image].filter((name) => name.startsWith(literal));
  return names.length > 0 && names.some((name) => matchesTokens(toTokens(pattern), name));
}
