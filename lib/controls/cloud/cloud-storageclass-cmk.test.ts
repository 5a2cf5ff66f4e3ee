import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-storageclass-cmk";

const gcp = node({ spec: { providerID: "gce://p/z/n" } });
const storage = (parameters: object, provisioner = "pd.csi.storage.gke.io") => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "fast" },
  provisioner,
  parameters,
});

describeControl(control, {
  fails: [
    { name: "a key of the platform", objects: [gcp, storage({ type: "pd-ssd" })], severity: "info" },
    { name: "a key by the name that the driver of another cloud has for it", objects: [gcp, storage({ kmsKeyId: "arn:aws:kms:eu-west-1:1:key/k" })] },
  ],
  passes: [
    { name: "a key of one's own", objects: [gcp, storage({ "disk-encryption-kms-key": "projects/p/locations/l/keyRings/r/cryptoKeys/k" })] },
    {
      name: "a key of one's own for Filestore",
      objects: [gcp, storage({ "instance-encryption-kms-key": "projects/p/locations/l/keyRings/r/cryptoKeys/k" }, "filestore.csi.storage.gke.io")],
    },
    {
      name: "a key of one's own, in another spelling",
      objects: [node({ spec: { providerID: "azure:///s/n" } }), storage({ diskencryptionsetid: "/subscriptions/s/d" }, "disk.csi.azure.com")],
      evidence: [{ path: "parameters.diskencryptionsetid", value: "/subscriptions/s/d" }],
    },
  ],
  notApplicable: [
    { name: "volumes that are not known to be encrypted", objects: [gcp, storage({}, "nfs.csi.k8s.io")] },
    { name: "volumes that are encrypted with a key of the cluster", objects: [gcp, storage({ encrypted: "true" }, "driver.longhorn.io")] },
    { name: "volumes whose key is that of a storage account", objects: [gcp, storage({}, "file.csi.azure.com")] },
    { name: "a key that the driver does not take", objects: [gcp, storage({ kmsKeyId: "arn:aws:kms:eu-west-1:1:key/k" }, "rancher.io/local-path")] },
  ],
});
