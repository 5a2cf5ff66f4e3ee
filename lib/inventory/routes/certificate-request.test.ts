import { expect, test } from "vitest";
import { parseCertificateLife, parseCertificateRequest } from "./certificate-request";

/** CN=jane, O=dev; made with openssl for this test. */
const JANE =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWE1IOENBUUF3SFRFTk1Bc0dBMVVFQXd3RWFtRnVaVEVNTUFvR0ExVUVDZ3dEWkdWMk1Ga3dFd1lIS29aSQp6ajBDQVFZSUtvWkl6ajBEQVFjRFFnQUVWZXFsSFMrWEZJOWNLQ3AvZnVZc3ZKbngxWWJ0UncvdUJPaDZ0TldOClRLUExJM3V0cUo1UTdJT3hxNTV1aTNVZmpjODExK2hjcUpBOHc3R1VpRlAwTWFBQU1Bb0dDQ3FHU000OUJBTUMKQTBnQU1FVUNJRTN4OEpVcDh6aDRhaXRiUG1QZHVYM0M4WVRSQ3J2SC9ybVpiQXFEdkRjN0FpRUFqK3c5bU5yeQpDUzlERjAwM2tXSjFDQ3RCd0hNd0V4UGtBRlBPb3ZCUGcyOD0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==";

test("reads the names of a request", () => {
  expect(parseCertificateRequest(JANE)).toEqual({ commonName: "jane", organizations: ["dev"] });
});

test.each([
  "",
  "%%%",
  btoa("no PEM"),
  btoa("-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----"),
  btoa("-----BEGIN CERTIFICATE REQUEST-----\n!!\n-----END"),
  JANE.slice(0, 200),
])("answers null for %j", (request) => {
  expect(parseCertificateRequest(request)).toBeNull();
});

test.each(["", "%%%", btoa("no PEM"), btoa("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"), JANE])("tells no life of %j", (certificate) => {
  expect(parseCertificateLife(certificate)).toBeNull();
});
