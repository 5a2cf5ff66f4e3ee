import { expect, it } from "vitest";
import { ownControlSchema } from "../contracts/own-controls";
import { saveSettingsBody } from "../contracts/settings";
import { toFieldProblems } from "./field-problems";

it("names the entry of a list that is wrong, and no other", () => {
  const value = { trustedRegistries: ["registry.example.com", "registry.example.com/cart:1"], platformNamespaces: ["Kube"] };
  expect(toFieldProblems(saveSettingsBody.safeParse(value).error?.issues ?? [], value)).toEqual({
    trustedRegistries: ["“registry.example.com/cart:1”: an entry is a registry or a repository such as registry.example.com/team, without tag or digest."],
    platformNamespaces: ["“Kube”: an entry is the name of a namespace, or its beginning with a * at the end."],
  });
});

it("says one sentence for each field of a form", () => {
  const value = { id: "Two Words", title: "", layer: "cloud", severity: "low", expression: "true", message: "m", fix: "f" };
  expect(toFieldProblems(ownControlSchema.safeParse(value).error?.issues ?? [], value)).toEqual({
    id: ["An id is made of lower-case letters, digits and single dashes, such as team-label-missing."],
    title: ["The title is empty."],
  });
});

it("a list that is wrong throughout is told by its first entries and a count", () => {
  const value = { trustedRegistries: Array.from({ length: 300 }, (_, i) => `r${i}.example.com/cart:1`) };
  const { trustedRegistries = [] } = toFieldProblems(saveSettingsBody.safeParse(value).error?.issues ?? [], value);
  expect(trustedRegistries).toHaveLength(6);
  expect(trustedRegistries[0]).toContain("“r0.example.com/cart:1”: ");
  expect(trustedRegistries[5]).toBe("There are 295 more problems like these.");
});
