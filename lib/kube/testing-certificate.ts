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
[any]
commonName = supplied
[server]
subjectAltName = IP:127.0.0.1
basicConstraints = CA:TRUE
`;

/** A certificate for 127.0.0.1 that signs itself, valid on one day of 2020 or until 2099, made in a folder below `folder`. Null where there is no openssl to make one with. */
export function makeCertificate(folder: string, end: "20200102000000Z" | "20990101000000Z"): { readonly key: string; readonly cert: string } | null {
  const cwd = mkdtempSync(join(folder, "certificate-"));
  const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { cwd, stdio: "ignore" });
  writeFileSync(join(cwd, "ca.cnf"), CA);
  writeFileSync(join(cwd, "index.txt"), "");
  writeFileSync(join(cwd, "serial"), "01");
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
      "/CN=api-server",
      "-keyout",
      "key.pem",
      "-out",
      "request.pem",
    );
    const time = ["-startdate", "20200101000000Z", "-enddate", end];
    openssl(
      "ca",
      "-batch",
      "-selfsign",
      "-config",
      "ca.cnf",
      "-rand_serial",
      "-notext",
      "-keyfile",
      "key.pem",
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
