import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-storageclass-encryption";

const aws = node({ spec: { providerID: "aws:///a/i-1" } });
const storage = (provisioner: string, encrypted?: string, annotations: object = {}) => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "fast", annotations },
  provisioner,
  parameters: { type: "gp3", ...(encrypted && { encrypted }) },
});
const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data", namespace: "shop" }, spec: { storageClassName: "fast" } };

describeControl(control, {
  fails: [
    {
      name: "encryption is switched off, and the class is used",
      objects: [aws, claim, storage("ebs.csi.aws.com", "false")],
      evidence: [{ path: "parameters.encrypted", value: "false" }],
      severity: "medium",
    },
    { name: "encryption is switched off, in another spelling", objects: [aws, claim, storage("ebs.csi.aws.com", "False")] },
    { name: "Ceph is asked not to encrypt, in another spelling", objects: [aws, claim, storage("rbd.csi.ceph.com", "F")], severity: "medium" },
    {
      name: "Ceph is asked under a name that it does not read",
      objects: [aws, claim, { ...storage("rbd.csi.ceph.com"), parameters: { Encrypted: "true" } }],
      evidence: [{ path: "parameters.encrypted", message: "rbd.csi.ceph.com encrypts only when it is asked to." }],
    },
    {
      name: "Ceph as Rook names its driver, which is not asked",
      objects: [aws, claim, storage("rook-ceph.rbd.csi.ceph.com")],
      evidence: [{ path: "parameters.encrypted", message: "rook-ceph.rbd.csi.ceph.com encrypts only when it is asked to." }],
      severity: "medium",
    },
    { name: "encryption is switched off, and nobody uses the class", objects: [aws, storage("ebs.csi.aws.com", "false")], severity: "low" },
    {
      name: "the default class",
      objects: [aws, storage("driver.longhorn.io", undefined, { "storageclass.kubernetes.io/is-default-class": "true" })],
      severity: "medium",
    },
  ],
  passes: [
    { name: "encryption is asked for", objects: [aws, storage("ebs.csi.aws.com", "true")] },
    {
      name: "encryption is asked for, in another spelling",
      objects: [aws, { ...storage("ebs.csi.aws.com"), parameters: { Encrypted: "true" } }],
      evidence: [{ path: "parameters.Encrypted" }],
    },
    {
      name: "a key, with which EBS always encrypts",
      objects: [aws, { ...storage("ebs.csi.aws.com", "false"), parameters: { encrypted: "false", kmskeyid: "arn:aws:kms:eu-west-1:1:key/k" } }],
      evidence: [{ path: "parameters.kmskeyid", value: "arn:aws:kms:eu-west-1:1:key/k" }],
    },
    { name: "Ceph is asked to encrypt, in another spelling", objects: [aws, storage("rbd.csi.ceph.com", "True")] },
    { name: "Ceph as Rook names its driver is asked to encrypt", objects: [aws, storage("openshift-storage.rbd.csi.ceph.com", "true")] },
    { name: "a file share that the platform always encrypts", objects: [node({ spec: { providerID: "azure:///s/n" } }), storage("blob.csi.azure.com")] },
    { name: "the platform always encrypts", objects: [node({ spec: { providerID: "gce://p/z/n" } }), storage("pd.csi.storage.gke.io")] },
  ],
  notApplicable: [{ name: "encrypted, in no known cloud", objects: [node(), storage("rbd.csi.ceph.com", "true")] }],
  unknown: [
    { name: "the account decides", objects: [aws, storage("ebs.csi.aws.com")] },
    {
      name: "the account decides, whatever another cloud's driver would take the key from",
      objects: [aws, { ...storage("ebs.csi.aws.com"), parameters: { "disk-encryption-kms-key": "projects/p/keyRings/r/cryptoKeys/k" } }],
    },
    { name: "EBS is asked in a spelling that it takes for no word at all", objects: [aws, storage("ebs.csi.aws.com", "True")] },
    { name: "a word that Ceph refuses", objects: [aws, storage("rbd.csi.ceph.com", "yes")] },
    { name: "another provisioner", objects: [aws, storage("nfs.csi.k8s.io")] },
  ],
});
