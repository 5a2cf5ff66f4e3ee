/** A switch that is text, as programs in Go read it; undefined = neither on nor off. */
export function readSwitch(written: string | undefined): boolean | undefined {
  if (written === undefined) return undefined;
  return /^(?:1|[tT]|true|True|TRUE)$/.test(written) ? true : /^(?:0|[fF]|false|False|FALSE)$/.test(written) ? false : undefined;
}
