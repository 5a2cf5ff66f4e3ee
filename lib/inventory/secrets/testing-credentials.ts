/** Put together here, so that no scanner of this repository takes them for real ones. */
export const FAKE = {
  aws: `AKIA${"ABCDEFGH23456789"}`,
  github: `ghp_${"a1B2".repeat(9)}`,
  slack: `xoxb-${"1234567890"}-abcdefghij`,
  pem: `-----BEGIN RSA ${"PRIVATE KEY"}-----\nMIIE\n`,
  jwt: `${btoa('{"alg":"HS256","typ":"JWT"}').replace(/=/g, "")}.${btoa('{"sub":"someone"}').replace(/=/g, "")}.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw`,
};

/** Of the handbooks of AWS. */
export const DOCUMENTED = { id: `AKIA${"IOSFODNN7"}EXAMPLE`, secret: `wJalrXUtnFEMI/${"K7MDENG"}/bPxRfiCYEXAMPLEKEY` };
