import { record, text } from "../../model/json";
import { toSwitch } from "./component-flags";
import type { KubeObject } from "../kube-object";

export interface StorageEncryption {
  readonly state: "encrypted" | "plain" | "unknown";
  readonly path: string;
  readonly value: unknown;
  /** One sentence. */
  readonly because: string;
}

const BY_PARAMETER = new Set(["ebs.csi.aws.com", "kubernetes.io/aws-ebs", "ebs.csi.eks.amazonaws.com"]);
/** Rook puts its namespace before the name of the driver of Ceph. */
const BY_PARAMETER_ONLY = /^(?:(?:[a-z0-9-]+\.)?rbd\.csi\.ceph\.com|driver\.longhorn\.io)$/;
const BY_PLATFORM = new Set([
  "pd.csi.storage.gke.io",
  "filestore.csi.storage.gke.io",
  "kubernetes.io/gce-pd",
  "disk.csi.azure.com",
  "kubernetes.io/azure-disk",
  "file.csi.azure.com",
  "blob.csi.azure.com",
  "kubernetes.io/azure-file",
]);
/** The parameter by which each driver takes a key, in any spelling; the names that other drivers have for it mean nothing to it. */
const OWN_KEY: ReadonlyMap<string, string> = new Map([
  ...[...BY_PARAMETER].map((provisioner) => [provisioner, "kmskeyid"] as const),
  ["pd.csi.storage.gke.io", "disk-encryption-kms-key"],
  ["kubernetes.io/gce-pd", "disk-encryption-kms-key"],
  ["filestore.csi.storage.gke.io", "instance-encryption-kms-key"],
  ["disk.csi.azure.com", "diskencryptionsetid"],
  ["kubernetes.io/azure-disk", "diskencryptionsetid"],
]);

/** Whether volumes of a class are encrypted, as far as its parameters tell. */
export function readStorageEncryption(storageClass: KubeObject): StorageEncryption {
  const provisioner = text(storageClass.body.provisioner) ?? "";
  const isStrict = BY_PARAMETER_ONLY.test(provisioner);
  // The driver of EBS reads the names of parameters in any spelling and one word for yes; those of Ceph and Longhorn one name, and a switch as Go reads it.
  const key = BY_PARAMETER.has(provisioner) ? findStorageKey(storageClass) : null;
  if (key) return { state: "encrypted", ...key, because: `${provisioner} encrypts every volume for which a key is named.` };
  const name = (isStrict ? undefined : Object.keys(record(storageClass.body.parameters)).find((key) => key.toLowerCase() === "encrypted")) ?? "encrypted";
  const value = text(record(storageClass.body.parameters)[name]);
  const path = `parameters.${name}`;
  if (BY_PLATFORM.has(provisioner))
    return {
      state: "encrypted",
      path: "provisioner",
      value: provisioner,
      because: "The platform encrypts every volume of this provisioner with a key of its own.",
    };
  if (BY_PARAMETER.has(provisioner) || isStrict) {
    const asked = isStrict && value !== undefined ? toSwitch({ value }) : value === "true";
    if (asked === undefined) return { state: "unknown", path, value, because: `${provisioner} takes true or false alone, and makes no volume of this class.` };
    if (asked) return { state: "encrypted", path, value, because: "The class asks for encrypted volumes." };
    if (value !== undefined && (isStrict || /^false$/i.test(value)))
      return { state: "plain", path, value, because: "The class asks for volumes without encryption." };
    if (isStrict) return { state: "plain", path, value, because: `${provisioner} encrypts only when it is asked to.` };
    return { state: "unknown", path, value, because: "The class does not say; the account's default for EBS decides, which the cluster does not show." };
  }
  return {
    state: "unknown",
    path: "provisioner",
    value: provisioner,
    because: `Whether volumes of ${provisioner || "this provisioner"} are encrypted is not in the class.`,
  };
}

/** Whether a class could name a key at all: with other drivers it is a setting of the account, or lies in the cluster. */
export function takesStorageKey(storageClass: KubeObject): boolean {
  return OWN_KEY.has(text(storageClass.body.provisioner) ?? "");
}

/** The key of one's own that volumes of a class are encrypted with. */
export function findStorageKey(storageClass: KubeObject): { readonly path: string; readonly value: string } | null {
  const parameters = record(storageClass.body.parameters);
  const own = OWN_KEY.get(text(storageClass.body.provisioner) ?? "");
  const name = Object.keys(parameters).find((key) => key.toLowerCase() === own && text(parameters[key]));
  return name ? { path: `parameters.${name}`, value: text(parameters[name]) ?? "" } : null;
}

export function isDefaultClass(storageClass: KubeObject): boolean {
  return (
    storageClass.annotations["storageclass.kubernetes.io/is-default-class"] === "true" ||
    storageClass.annotations["storageclass.beta.kubernetes.io/is-default-class"] === "true"
  );
}
