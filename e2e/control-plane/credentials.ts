import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Credentials {
  readonly adminToken: string;
  /** Controllers, scheduler and KWOK: kept apart so that the audit log can leave them out. */
  readonly machineryToken: string;
  readonly tokenFile: string;
  readonly signingKeyFile: string;
  readonly verifyingKeyFile: string;
}

export const MACHINERY_USER = "control-plane-machinery";

export function writeCredentials(folder: string): Credentials {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const adminToken = randomBytes(24).toString("hex");
  const machineryToken = randomBytes(24).toString("hex");
  const write = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  };
  return {
    adminToken,
    machineryToken,
    tokenFile: write("tokens.csv", `${adminToken},admin,1,"system:masters"\n${machineryToken},${MACHINERY_USER},2,"system:masters"\n`),
    signingKeyFile: write("service-accounts.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
    verifyingKeyFile: write("service-accounts.pub", publicKey.export({ type: "spki", format: "pem" }).toString()),
  };
}
