/** The size of text that browsers begin with, by which the lengths in our styles were drawn. */
const DRAWN_AT = 16;
/** Hairlines, outlines and offsets of a pixel are no larger for large text. */
const LEAST = 3;

const scaled = (unit) => (text) =>
  text.replaceAll(/(?<![\w.#-])(-?)(\d*\.?\d+)px\b/g, (whole, sign, length) => (Number(length) < LEAST ? whole : `${sign}${Number(length) / DRAWN_AT}${unit}`));
const toRem = scaled("rem");
/** What a query of the viewport measures in is the size that the browser begins with, not that of the page. */
const toEm = scaled("em");

/**
 * Whoever sets a larger text in the browser gets a larger page: lengths are written as they are drawn and sent in the reader's measure.
 * Words inside of drawings keep their size with the drawing, which scripts lay out in pixels.
 */
const readersMeasure = {
  postcssPlugin: "readers-measure",
  OnceExit(root) {
    root.walkAtRules((rule) => {
      if (rule.name === "media") rule.params = toEm(rule.params);
      else if (rule.name === "container") rule.params = toRem(rule.params);
    });
    root.walkDecls((declaration) => {
      if (declaration.value.includes("px") && !/\bsvg text\b|\.rings\b|\.halo\b/.test(declaration.parent.selector ?? ""))
        declaration.value = toRem(declaration.value);
    });
  },
};

export default { plugins: ["@tailwindcss/postcss", readersMeasure] };
