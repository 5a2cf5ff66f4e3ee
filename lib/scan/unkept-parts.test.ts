import { expect, it } from "vitest";
import { compileCel } from "@/lib/cel/compile-cel";
import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { findUnkeptParts } from "@/lib/controls/own/find-unkept-read";
import { findOwnSubject } from "@/lib/controls/own/own-subject";
import { dig } from "@/lib/model/json";

const PARTS = ["spec", "status"];

/** Their settings are beside their metadata. */
const WITHOUT_SPEC = new Set(["KongPlugin", "KongClusterPlugin"]);

it("knows for own controls of every part that collectors leave out: a rule that it is absent would pass on every object", () => {
  const parts = ALL_COLLECTORS.flatMap(({ project, kinds }) =>
    kinds.flatMap(({ group, versions, kind }) => {
      const subject = findOwnSubject(kind);
      if (project === undefined || subject === null) return [];
      const told = Object.fromEntries(PARTS.map((part) => [part, { unheardOf: true }]));
      const kept = project({ apiVersion: `${group}/${versions[0]}`, kind, metadata: { name: "a" }, ...told });
      return PARTS.filter((part) => !(part === "spec" && WITHOUT_SPEC.has(kind)) && dig(kept, part, "unheardOf") === undefined).map((part) => ({
        subject,
        part,
      }));
    }),
  );
  expect(parts.length).toBeGreaterThan(50);
  const unheard = parts.filter(({ subject, part }) => {
    const compiled = compileCel(`has(object.${part}.unheardOf)`, subject.variables);
    return "problem" in compiled || findUnkeptParts(compiled.program.root, subject.kind).length === 0;
  });
  expect(unheard.map(({ subject, part }) => `${subject.kind} ${part}`)).toEqual([]);
});
