import { describe, expect, test } from "vitest";
import { toYamlText } from "./to-yaml-lines";

const object = {
  kind: "Pod",
  metadata: { labels: { "a/b": "x" } },
  spec: { containers: [{ name: "app", securityContext: { privileged: true } }, { name: "two" }] },
};

describe("the YAML of an object", () => {
  const { text, lineOf } = toYamlText(object);
  const lineText = (path: string) => text.split("\n")[(lineOf(path) ?? 0) - 1]?.trim();
  test("knows the line of a field, of a quoted key and of a list item", () => {
    expect(lineText("spec.containers[0].securityContext.privileged")).toBe("privileged: true");
    expect(lineText('metadata.labels["a/b"]')).toBe("a/b: x");
    expect(lineText("spec.containers[1]")).toBe("- name: two");
  });
  test("gives the nearest parent of a field that is not set", () => {
    expect(lineText("spec.containers[1].securityContext.runAsNonRoot")).toBe("- name: two");
    expect(lineOf("")).toBeNull();
  });
  test("is there for an object of any depth, and says what it leaves out", () => {
    for (const levels of [900, 5_000, 50_000]) {
      const deep = toYamlText(JSON.parse(`{"kind":"Pod","spec":${'{"a":'.repeat(levels)}1${"}".repeat(levels)},"end":1}`));
      expect(deep.text.trim().split("\n")).toHaveLength(102);
      expect(deep.text).toContain("a: (nested deeper than 100 levels, left out)\nend: 1\n");
      expect(deep.lineOf("end")).toBe(102);
    }
  });
});
