export const KERNEL_RELEASES_AS_OF = "2026-08-22";
export const KERNEL_RELEASES_SOURCES = ["https://www.kernel.org/category/releases.html", "https://endoflife.date/linux"] as const;

/** A line without a date is soon followed by another: what a table of this age calls open may have ended. */
export const OPEN_KERNEL_DAYS = 60;

/** Last day of support of a Linux line; null = open, some weeks beyond the next line. Every line below the newest that is not listed has ended. */
export const KERNEL_ENDS: Readonly<Record<string, string | null>> = {
  "5.10": "2026-12-31",
  "5.15": "2026-12-31",
  "6.1": "2027-12-31",
  "6.6": "2027-12-31",
  "6.12": "2028-12-31",
  "6.18": "2028-12-31",
  "6.19": "2026-04-22",
  "7.0": "2026-06-27",
  "7.1": null,
  "7.2": null,
};
