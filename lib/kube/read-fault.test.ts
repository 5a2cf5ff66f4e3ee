import { expect, it } from "vitest";
import { toStatusFault } from "./read-fault";

it("names the webhook that cannot convert what is stored, far behind in what the server says", () => {
  const before = `failed to read one or more externalsecrets.external-secrets.io from the storage: ${"StorageError: corrupt object, ".repeat(20)}`;
  const why = 'conversion webhook for external-secrets.io/v1beta1, Kind=ExternalSecret failed: Post "https://eso.example.com": connection refused';
  expect(toStatusFault("/apis/external-secrets.io/v1/externalsecrets", 500, before + why)).toEqual({
    status: "failed",
    reason: `The API server cannot convert all that is stored of /apis/external-secrets.io/v1/externalsecrets (${why}).`,
    action: "Mend the webhook that its CustomResourceDefinition names under spec.conversion, and scan again.",
    httpStatus: 500,
  });
});
