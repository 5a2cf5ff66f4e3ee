import { platformView } from "../../inventory/cloud/cloud-provider";
import { isDefaultClass, readStorageEncryption } from "../../inventory/nodes/storage-encryption";
import { record } from "../../model/json";
import { cloudAnswer } from "../cloud-answer";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "cloud-storageclass-encryption",
  layer: "cloud",
  severity: "medium",
  title: "Storage classes make encrypted volumes",
  failure: "makes volumes without encryption",
  why: "A volume outlives its pod and is copied into snapshots. An unencrypted disk or snapshot that is left behind can be read by whoever may attach it.",
  action: "Make storage classes encrypt their volumes",
  fix: 'Make a new StorageClass (an existing one cannot be changed) with `parameters.encrypted: "true"`, and with the key where the provisioner takes one. Make it the default, copy the data over, and delete the old class once no claim or StatefulSet names it: volumes that are there stay.',
  verify: "kubectl get storageclass -o custom-columns='NAME:.metadata.name,PROVISIONER:.provisioner,PARAMETERS:.parameters'",
  lookFor: "`encrypted:false` under PARAMETERS; or no parameter that asks for encryption, where the PROVISIONER encrypts only on request.",
  tips: ["S1"],
  frameworks: { nsa: ["EN", "CL"], mitre: ["T1530"], owasp: ["K03"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html",
    "https://kubernetes.io/docs/concepts/storage/storage-classes/",
  ],
  subject: "storage-class",
  reads: ["persistentVolumeClaims", "persistentVolumes", "nodes"],
  check: (storageClass, context) => {
    const { state, path, value, because } = readStorageEncryption(storageClass);
    if (state === "unknown") return unknown(because);
    if (state === "encrypted") return cloudAnswer(context.view(platformView), { state: "pass", notes: [weakness(path, value, because)] });
    const { name } = storageClass.ref;
    const isUsed = [...context.slices.persistentVolumeClaims, ...context.slices.persistentVolumes].some(
      (item) => record(item.body.spec).storageClassName === name,
    );
    return [weakness(path, value, because, isUsed || isDefaultClass(storageClass) ? {} : { severity: "low" })];
  },
  remedy: null,
});
