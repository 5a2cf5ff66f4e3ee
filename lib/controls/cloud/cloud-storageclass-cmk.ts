import { platformView } from "../../inventory/cloud/cloud-provider";
import { findStorageKey, readStorageEncryption, takesStorageKey } from "../../inventory/nodes/storage-encryption";
import { cloudAnswer } from "../cloud-answer";
import { defineControl, notApplicable, weakness } from "../define";

export default defineControl({
  id: "cloud-storageclass-cmk",
  layer: "cloud",
  severity: "info",
  title: "Volumes are encrypted with a key that you manage",
  failure: "names no customer-managed key for its encrypted volumes",
  why: "With a key of your own you can cut off access to the data in one place, and every use of the key is logged.",
  action: "Encrypt volumes with a customer-managed key",
  fix: "Make a new StorageClass (an existing one cannot be changed) with `kmsKeyId` (EBS), `disk-encryption-kms-key` (Persistent Disk), `instance-encryption-kms-key` (Filestore) or `diskEncryptionSetID` (Azure Disk), and delete the old class once no claim or StatefulSet names it: volumes that are there stay.",
  verify: "kubectl get storageclass -o custom-columns='NAME:.metadata.name,PROVISIONER:.provisioner,PARAMETERS:.parameters'",
  lookFor:
    "None of `kmsKeyId`, `disk-encryption-kms-key`, `instance-encryption-kms-key` and `diskEncryptionSetID` under PARAMETERS: volumes are encrypted with the provider's own key.",
  tips: ["S1"],
  frameworks: { nsa: ["EN", "CL"], mitre: ["T1530"] },
  references: ["https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek", "https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys"],
  subject: "storage-class",
  reads: ["nodes"],
  check: (storageClass, context) => {
    const key = findStorageKey(storageClass);
    if (key) return cloudAnswer(context.view(platformView), { state: "pass", notes: [weakness(key.path, key.value, "Volumes are encrypted with this key.")] });
    if (readStorageEncryption(storageClass).state !== "encrypted") return notApplicable("The class makes no volumes that are known to be encrypted.");
    if (!takesStorageKey(storageClass)) return notApplicable("A class of this provisioner names no key of the cloud for its volumes.");
    return [weakness("parameters", storageClass.body.parameters, "It names no key: volumes are encrypted with the default one of the provider.")];
  },
  remedy: null,
});
