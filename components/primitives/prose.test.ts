import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Prose } from "./prose";

const draw = (text: string): string => renderToStaticMarkup(createElement(Prose, { text }));

it("marks names in backticks, and keeps flags in one piece, with their values and without what ends a part of the sentence", () => {
  expect(draw("Set `privileged: false`.")).toBe("Set <code>privileged: false</code>.");
  expect(draw("Set --mode=Node,RBAC, or name a file (--config).")).toBe(
    'Set <code class="flag">--mode=Node,RBAC</code>, or name a file (<code class="flag">--config</code>).',
  );
  expect(draw("`--v` is `a --b`")).toBe('<code class="flag">--v</code> is <code>a --b</code>');
  expect(draw("an-old--name -- a dash")).toBe("an-old--name -- a dash");
});
