import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `openssl ca` is the one command of every version that makes a certificate whose time is over. */
const CA = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
x509_extensions = server
unique_subject = no
[any]
commonName = supplied
[server]
`;

/** What it says of itself, as openssl has it in files. */
const ITS_OWN = { subjectAltName: "IP:127.0.0.1", basicConstraints: "CA:TRUE" };

interface Made {
  readonly key: string;
  readonly cert: string;
}

/**
 * A certificate for 127.0.0.1 that signs itself, unless `signer` signs it, valid on one day of 2020 or until 2099, made in a folder below `folder`. Null where
 * there is no openssl to make one with.
 */
export function makeCertificate(
  folder: string,
  end: "20200102000000Z" | "20990101000000Z",
  { signer, ...says }: { readonly signer?: Made; readonly [extension: string]: string | Made | undefined } = {},
): Made | null {
  const cwd = mkdtempSync(join(folder, "certificate-"));
  const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { cwd, stdio: "ignore" });
  const extensions = Object.entries({ ...ITS_OWN, ...says }).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(join(cwd, "ca.cnf"), `${CA}${extensions.join("")}`);
  writeFileSync(join(cwd, "index.txt"), "");
  writeFileSync(join(cwd, "serial"), "01");
  writeFileSync(join(cwd, "signer.pem"), signer?.cert ?? "");
  writeFileSync(join(cwd, "signer.key"), signer?.key ?? "");
  try {
    openssl(
      "req",
      "-new",
      "-nodes",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-subj",
      signer ? "/CN=server" : "/CN=api-server",
      "-keyout",
      "key.pem",
      "-out",
      "request.pem",
    );
    const time = ["-startdate", "20200101000000Z", "-enddate", end];
    openssl(
      "ca",
      "-batch",
      ...(signer ? ["-cert", "signer.pem", "-keyfile", "signer.key"] : ["-selfsign", "-keyfile", "key.pem"]),
      "-config",
      "ca.cnf",
      "-rand_serial",
      "-notext",
      "-in",
      "request.pem",
      "-out",
      "cert.pem",
      ...time,
    );
    return { key: readFileSync(join(cwd, "key.pem"), "utf8"), cert: readFileSync(join(cwd, "cert.pem"), "utf8") };
  } catch {
    return null;
  }
}
