import { expect, test } from "vitest";
import { toIdentityText } from "../../model/identity-text";
import { parseIdentityText } from "./identity-text";

test("what is written is read back, slashes in names of people and groups too", () => {
  for (const written of ["ServiceAccount/payments/api", "User/jane", "Group/oidc:/team/ops", "Group/system:authenticated"]) {
    const identity = parseIdentityText(written);
    expect(identity && toIdentityText(identity)).toBe(written);
  }
});

test("the user name of a service account is that account", () => {
  expect(parseIdentityText("User/system:serviceaccount:payments:api")).toEqual({ kind: "ServiceAccount", namespace: "payments", name: "api" });
  expect(parseIdentityText("system:serviceaccount:payments:api")).toEqual({ kind: "ServiceAccount", namespace: "payments", name: "api" });
});

test("a user whose name only begins like that of an account is a user", () => {
  for (const name of ["system:serviceaccount:payments:api:x", "system:serviceaccount:payments", "system:serviceaccount::api"])
    expect(parseIdentityText(`User/${name}`)).toEqual({ kind: "User", namespace: null, name });
});

test("anything else is nobody", () => {
  expect(["", "jane", "User/", "Pod/shop/cart", "ServiceAccount/shop", "ServiceAccount/a/b/c"].map(parseIdentityText)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
