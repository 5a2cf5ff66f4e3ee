const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9 };
// From where the last one ends, and no dot between digits is left out: else a long row of digits would be tried from each, in all its parts.
const PART = /(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|µs|μs|ns)/gy;

/** A length of time in seconds, as programs in Go read it: `1h2m3.5s`, `-1m`, and `0` alone without a unit; undefined for anything else. */
export function parseDuration(written: string): number | undefined {
  const [, sign, length = ""] = /^([+-]?)(.*)$/s.exec(written) ?? [];
  if (length === "0") return 0;
  const parts = [...length.matchAll(PART)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== length) return undefined;
  const size = parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (SECONDS[unit] ?? 0), 0);
  return sign === "-" ? 0 - size : size;
}
