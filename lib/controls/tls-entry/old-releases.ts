import { type ImageRelease, isSince, readRelease } from "../../inventory/images/image-release";

/** A program that accepts nothing older than TLS 1.2 by itself, but for its older releases. */
export interface Product {
  readonly name: string;
  /** What the project calls its images, without registry and tag: what others made counts its own way. */
  readonly path: RegExp;
  readonly firstNew: { readonly major: number; readonly minor: number };
  /** What counts on from here is made by others, who call their images the same. */
  readonly lastMajor?: number;
  /** What its older releases do, as part of a sentence. */
  readonly oldOnes: string;
}

/** The release of an image of a product; null = its name does not tell. */
export function releaseOf(image: string, { path, lastMajor }: Product): ImageRelease | null {
  const release = readRelease(image, path);
  return release !== null && lastMajor !== undefined && release.major > lastMajor ? null : release;
}

/** Whether an image has a release that accepts nothing older than TLS 1.2 by itself; null = its name does not tell. */
export function isNewRelease(image: string, product: Product): boolean | null {
  const release = releaseOf(image, product);
  return release === null ? null : isSince(release, product.firstNew);
}

/** Why nobody can tell that all of these accept nothing older than TLS 1.2 by themselves, as part of a sentence; null = they do. */
export function doubtReleases(images: readonly string[], product: Product): string | null {
  const [hidden] = images.filter((image) => isNewRelease(image, product) !== true);
  if (images.length > 0 && hidden === undefined) return null;
  const { name, firstNew, oldOnes } = product;
  const untold =
    hidden === undefined ? "none is seen" : isNewRelease(hidden, product) === false ? `${hidden} is one` : `${hidden || "its image"} does not tell which it is`;
  return `releases of ${name} before ${firstNew.major}${firstNew.minor === 0 ? "" : `.${firstNew.minor}`} ${oldOnes}, and ${untold}`;
}
