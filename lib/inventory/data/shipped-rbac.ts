/** RBAC objects that API servers make for themselves, of every version below. Written by scripts/shipped-rbac.ts. */
export const SHIPPED_RBAC = { asOf: "2026-11-25", versions: ["1.30.14", "1.31.14", "1.32.10", "1.33.6", "1.34.2", "1.35.0", "1.36.0", "1.37.2"] } as const;

/** Digests of the rules (rule-digest) by kind and name; a role that changed between versions has several. */
export const SHIPPED_ROLES: Readonly<Record<string, readonly string[]>> = {
  "ClusterRole admin": ["5058ebfa853440ec266d5b9f", "6e78731f1793de1f19ae8806", "987f2f2dadd20944a8abf2cd"],
  "ClusterRole cluster-admin": ["7aa21fec5922df58b27454c7"],
  "ClusterRole edit": ["c68f027cd67d0baac4f6e538", "ccae4f991220f90112b96396", "68bded8cbe7805518b669b2f"],
  "ClusterRole system:aggregate-to-admin": ["c949aa93e4737fbb23d8f4e3"],
  "ClusterRole system:aggregate-to-edit": ["c85dcd716ade01a9d61e55f4", "3b586bfbbf3410960f21d3bd", "08eafe80517ec213d085a4ca"],
  "ClusterRole system:aggregate-to-view": ["5a0417e8aea46b2818e625b9", "e50c8295a4f506351d993b81", "966723e4e5458926103452ac"],
  "ClusterRole system:auth-delegator": ["2e6b021fef098423f0f852b0"],
  "ClusterRole system:basic-user": ["80d7aee16b064e9f79f2c386"],
  "ClusterRole system:certificates.k8s.io:certificatesigningrequests:nodeclient": ["0ea7b7229885f63e51398997"],
  "ClusterRole system:certificates.k8s.io:certificatesigningrequests:selfnodeclient": ["2aeffd45dfb2d2202965d999"],
  "ClusterRole system:certificates.k8s.io:kube-apiserver-client-approver": ["7c38e6905341ff004fc8c7c6"],
  "ClusterRole system:certificates.k8s.io:kube-apiserver-client-kubelet-approver": ["42c4a2c4fef436f5c3370cc2"],
  "ClusterRole system:certificates.k8s.io:kubelet-serving-approver": ["c01d23443025f87ec0cedb9d"],
  "ClusterRole system:certificates.k8s.io:legacy-unknown-approver": ["20e0838748e1ef37360f5550"],
  "ClusterRole system:cluster-trust-bundle-discovery": ["b5e1ad2159c91eaed8e42f9b"],
  "ClusterRole system:controller:attachdetach-controller": ["79ea55d314be4d11d92ec1ff"],
  "ClusterRole system:controller:certificate-controller": ["aa8c5bb609f0e64e74694341"],
  "ClusterRole system:controller:clusterrole-aggregation-controller": ["72fbf5a7ac106d9bdf3d75b5"],
  "ClusterRole system:controller:cronjob-controller": ["e90c78a6cfbe44b588053abe", "a736377da3f284f81c36ada2"],
  "ClusterRole system:controller:daemon-set-controller": ["67d954e43fb17f6eb5e85672"],
  "ClusterRole system:controller:deployment-controller": ["52443ce199cb5e0ab6f4c909"],
  "ClusterRole system:controller:device-taint-eviction-controller": ["dbfb6fd303aeebc808d5583c", "32689412da34acfd8271261f"],
  "ClusterRole system:controller:disruption-controller": ["b8a3939658e101bc9a8c0792"],
  "ClusterRole system:controller:endpoint-controller": ["deb7d72824625a9def9e861f", "01ff5dcb6a2b1e169caf2d7c"],
  "ClusterRole system:controller:endpointslice-controller": ["a4d18825bc2775eac3d6e1b4", "a1c91c13a34d2fdfc95d39e3"],
  "ClusterRole system:controller:endpointslicemirroring-controller": ["45c9712cad2d98ed55187689", "aeb2fca9b7d293cf30a65562"],
  "ClusterRole system:controller:ephemeral-volume-controller": ["ef4745d5307cb08832f13e97"],
  "ClusterRole system:controller:expand-controller": ["8637191c42388b664d723694", "979796626526dac7a25accd7", "89bb1d687ad1c443efb2452b"],
  "ClusterRole system:controller:generic-garbage-collector": ["d35c3ae3a8867307b72cfd5f"],
  "ClusterRole system:controller:horizontal-pod-autoscaler": ["7020e4a3c44c5528dbe43425", "d4c8f46aa875e5be495858a5"],
  "ClusterRole system:controller:job-controller": ["db3c4ad2ea5d4dee14894346"],
  "ClusterRole system:controller:kube-apiserver-serving-clustertrustbundle-publisher": ["8464e0d97551e5fd964e8b22"],
  "ClusterRole system:controller:legacy-service-account-token-cleaner": ["a8ee09815317f585553f70de"],
  "ClusterRole system:controller:namespace-controller": ["5e5aa0822dc685239ae27271", "c84767cd3a89f6d911a0a704"],
  "ClusterRole system:controller:node-controller": [
    "f48f68276ce0f3c6e718a200",
    "b46b5ce33c1e6f83a49ad198",
    "e24730e30fdf732ab9ed7439",
    "547470305a1d6a2a7d45efd8",
  ],
  "ClusterRole system:controller:persistent-volume-binder": ["a402e13a5338846080d692f9", "a99a79d37f204e7d1fd6f266", "85aee8d356073cf69cee943d"],
  "ClusterRole system:controller:pod-garbage-collector": ["e37928cfd7ab03937091183e", "ff8852927086a930e5f224cb"],
  "ClusterRole system:controller:podcertificaterequestcleaner": ["a473451f0c17d04d24822cd7"],
  "ClusterRole system:controller:pv-protection-controller": ["b155224b625167f5afa7bd6b"],
  "ClusterRole system:controller:pvc-protection-controller": ["5303a0b76780cf9ee24b357f", "e244f069156ccfd94eefb94a"],
  "ClusterRole system:controller:replicaset-controller": ["8f3aa23fd4cb03b30dfe4b27"],
  "ClusterRole system:controller:replication-controller": ["adecc7e3d8168f32e308166a"],
  "ClusterRole system:controller:resource-claim-controller": ["4f346202433940ea70944614", "67beb3010ad6b433600395cf"],
  "ClusterRole system:controller:resourcequota-controller": ["b24046431d7662055b4e372a"],
  "ClusterRole system:controller:root-ca-cert-publisher": ["a7c5fd19064bf5c042e94982"],
  "ClusterRole system:controller:route-controller": ["d960c729713bfcc07a502471"],
  "ClusterRole system:controller:selinux-warning-controller": ["83c566032a1c825757475ec1"],
  "ClusterRole system:controller:service-account-controller": ["536cf54c3147b893ff544806"],
  "ClusterRole system:controller:service-cidrs-controller": ["5e8b583cbfd7f327d1e3ef75"],
  "ClusterRole system:controller:service-controller": ["ca652d7d9ad2db1de07ad434"],
  "ClusterRole system:controller:statefulset-controller": ["5cecda2ace5e44ed42f6b88e"],
  "ClusterRole system:controller:storage-version-migrator-controller": ["655ec51d7ab9a68273955a23"],
  "ClusterRole system:controller:ttl-after-finished-controller": ["d153eb925e351c5f1c63744a"],
  "ClusterRole system:controller:ttl-controller": ["2a34d9bbfd3c03dbe3e757c8"],
  "ClusterRole system:controller:validatingadmissionpolicy-status-controller": ["59172ca5aac3da65d5d5c9dc"],
  "ClusterRole system:controller:volumeattributesclass-protection-controller": ["100c4440863f456b7c3af02c"],
  "ClusterRole system:discovery": ["90da6213b8ca3090e859f1e0"],
  "ClusterRole system:heapster": ["b3b86a7722ae16c9300fbaf8"],
  "ClusterRole system:kube-aggregator": ["bf092a9a9d7f50131ee7507e"],
  "ClusterRole system:kube-controller-manager": ["457a5f60953ceb1bf66b6937"],
  "ClusterRole system:kube-dns": ["48597cdf9edfa3e1acbd4e10"],
  "ClusterRole system:kube-scheduler": [
    "f49beb6851b849b1f1566bdb",
    "8ac047356850df6335624d4a",
    "5555d5f652fd49ce880e3a20",
    "8e3609059d0a8ae003e49097",
    "d880a278bf4add6caca5e853",
    "d1501450229f3e3c4e9f96b6",
  ],
  "ClusterRole system:kubelet-api-admin": ["61ab1d7c524f105a1c6520b0", "ec525300fe417e925d2bc0dd"],
  "ClusterRole system:monitoring": ["8f058db19fef066efbf4c8b4", "8fb9cb1182f41201c2c383dc", "41049ba1e3e0bfe4fe81ebae"],
  "ClusterRole system:node": ["9fb4a4765f677083e7d1c538", "b2251f0ab612fde80e9bd58f", "f7fabcf02e0b40bbcf22e3c1", "5640448bdb6c4bc1819b1ba9"],
  "ClusterRole system:node-bootstrapper": ["960e7d0f4a3b4455e7c4d6c6"],
  "ClusterRole system:node-problem-detector": ["093c17ab8cad3a78b3263d24"],
  "ClusterRole system:node-proxier": ["18841cf22af6052460478312", "837d70db61fab735b2e2c982"],
  "ClusterRole system:persistent-volume-provisioner": ["38c7361334fd2c827e6b93b3"],
  "ClusterRole system:public-info-viewer": ["c2d5dde930f1e31c1574f59d"],
  "ClusterRole system:service-account-issuer-discovery": ["4efd71581f8b04072d2b80f1"],
  "ClusterRole system:volume-scheduler": ["b5eb6b6f24a4eafcbff06336"],
  "ClusterRole view": ["5a0417e8aea46b2818e625b9", "e50c8295a4f506351d993b81", "966723e4e5458926103452ac"],
  "Role kube-public/system:controller:bootstrap-signer": ["ac5d12880b5501b243702a0e"],
  "Role kube-system/extension-apiserver-authentication-reader": ["ff1a076906fbc5f44a5ddcf7"],
  "Role kube-system/system::leader-locking-kube-controller-manager": ["363418c404ef775d7df6d903", "137906979b22003acb47b385", "c02b5b651be505cf43a0a182"],
  "Role kube-system/system::leader-locking-kube-scheduler": ["09c1a2ed5bd46c09f28cc0f7", "088af2ff5aac84ac56243241", "c02b5b651be505cf43a0a182"],
  "Role kube-system/system:controller:bootstrap-signer": ["3e3ed92dcacc98ba3f625735"],
  "Role kube-system/system:controller:cloud-provider": ["d94a5f525251257780313142"],
  "Role kube-system/system:controller:token-cleaner": ["6bb6a44683d65f8f25e8fa52"],
};

export const SHIPPED_BINDINGS: Readonly<Record<string, { readonly role: string; readonly subjects: readonly string[] }>> = {
  "ClusterRoleBinding cluster-admin": { role: "ClusterRole cluster-admin", subjects: ["Group system:masters"] },
  "ClusterRoleBinding system:basic-user": { role: "ClusterRole system:basic-user", subjects: ["Group system:authenticated"] },
  "ClusterRoleBinding system:cluster-trust-bundle-discovery": {
    role: "ClusterRole system:cluster-trust-bundle-discovery",
    subjects: ["Group system:serviceaccounts"],
  },
  "ClusterRoleBinding system:controller:attachdetach-controller": {
    role: "ClusterRole system:controller:attachdetach-controller",
    subjects: ["ServiceAccount kube-system/attachdetach-controller"],
  },
  "ClusterRoleBinding system:controller:certificate-controller": {
    role: "ClusterRole system:controller:certificate-controller",
    subjects: ["ServiceAccount kube-system/certificate-controller"],
  },
  "ClusterRoleBinding system:controller:clusterrole-aggregation-controller": {
    role: "ClusterRole system:controller:clusterrole-aggregation-controller",
    subjects: ["ServiceAccount kube-system/clusterrole-aggregation-controller"],
  },
  "ClusterRoleBinding system:controller:cronjob-controller": {
    role: "ClusterRole system:controller:cronjob-controller",
    subjects: ["ServiceAccount kube-system/cronjob-controller"],
  },
  "ClusterRoleBinding system:controller:daemon-set-controller": {
    role: "ClusterRole system:controller:daemon-set-controller",
    subjects: ["ServiceAccount kube-system/daemon-set-controller"],
  },
  "ClusterRoleBinding system:controller:deployment-controller": {
    role: "ClusterRole system:controller:deployment-controller",
    subjects: ["ServiceAccount kube-system/deployment-controller"],
  },
  "ClusterRoleBinding system:controller:device-taint-eviction-controller": {
    role: "ClusterRole system:controller:device-taint-eviction-controller",
    subjects: ["ServiceAccount kube-system/device-taint-eviction-controller"],
  },
  "ClusterRoleBinding system:controller:disruption-controller": {
    role: "ClusterRole system:controller:disruption-controller",
    subjects: ["ServiceAccount kube-system/disruption-controller"],
  },
  "ClusterRoleBinding system:controller:endpoint-controller": {
    role: "ClusterRole system:controller:endpoint-controller",
    subjects: ["ServiceAccount kube-system/endpoint-controller"],
  },
  "ClusterRoleBinding system:controller:endpointslice-controller": {
    role: "ClusterRole system:controller:endpointslice-controller",
    subjects: ["ServiceAccount kube-system/endpointslice-controller"],
  },
  "ClusterRoleBinding system:controller:endpointslicemirroring-controller": {
    role: "ClusterRole system:controller:endpointslicemirroring-controller",
    subjects: ["ServiceAccount kube-system/endpointslicemirroring-controller"],
  },
  "ClusterRoleBinding system:controller:ephemeral-volume-controller": {
    role: "ClusterRole system:controller:ephemeral-volume-controller",
    subjects: ["ServiceAccount kube-system/ephemeral-volume-controller"],
  },
  "ClusterRoleBinding system:controller:expand-controller": {
    role: "ClusterRole system:controller:expand-controller",
    subjects: ["ServiceAccount kube-system/expand-controller"],
  },
  "ClusterRoleBinding system:controller:generic-garbage-collector": {
    role: "ClusterRole system:controller:generic-garbage-collector",
    subjects: ["ServiceAccount kube-system/generic-garbage-collector"],
  },
  "ClusterRoleBinding system:controller:horizontal-pod-autoscaler": {
    role: "ClusterRole system:controller:horizontal-pod-autoscaler",
    subjects: ["ServiceAccount kube-system/horizontal-pod-autoscaler"],
  },
  "ClusterRoleBinding system:controller:job-controller": {
    role: "ClusterRole system:controller:job-controller",
    subjects: ["ServiceAccount kube-system/job-controller"],
  },
  "ClusterRoleBinding system:controller:kube-apiserver-serving-clustertrustbundle-publisher": {
    role: "ClusterRole system:controller:kube-apiserver-serving-clustertrustbundle-publisher",
    subjects: ["ServiceAccount kube-system/kube-apiserver-serving-clustertrustbundle-publisher"],
  },
  "ClusterRoleBinding system:controller:legacy-service-account-token-cleaner": {
    role: "ClusterRole system:controller:legacy-service-account-token-cleaner",
    subjects: ["ServiceAccount kube-system/legacy-service-account-token-cleaner"],
  },
  "ClusterRoleBinding system:controller:namespace-controller": {
    role: "ClusterRole system:controller:namespace-controller",
    subjects: ["ServiceAccount kube-system/namespace-controller"],
  },
  "ClusterRoleBinding system:controller:node-controller": {
    role: "ClusterRole system:controller:node-controller",
    subjects: ["ServiceAccount kube-system/node-controller"],
  },
  "ClusterRoleBinding system:controller:persistent-volume-binder": {
    role: "ClusterRole system:controller:persistent-volume-binder",
    subjects: ["ServiceAccount kube-system/persistent-volume-binder"],
  },
  "ClusterRoleBinding system:controller:pod-garbage-collector": {
    role: "ClusterRole system:controller:pod-garbage-collector",
    subjects: ["ServiceAccount kube-system/pod-garbage-collector"],
  },
  "ClusterRoleBinding system:controller:podcertificaterequestcleaner": {
    role: "ClusterRole system:controller:podcertificaterequestcleaner",
    subjects: ["ServiceAccount kube-system/podcertificaterequestcleaner"],
  },
  "ClusterRoleBinding system:controller:pv-protection-controller": {
    role: "ClusterRole system:controller:pv-protection-controller",
    subjects: ["ServiceAccount kube-system/pv-protection-controller"],
  },
  "ClusterRoleBinding system:controller:pvc-protection-controller": {
    role: "ClusterRole system:controller:pvc-protection-controller",
    subjects: ["ServiceAccount kube-system/pvc-protection-controller"],
  },
  "ClusterRoleBinding system:controller:replicaset-controller": {
    role: "ClusterRole system:controller:replicaset-controller",
    subjects: ["ServiceAccount kube-system/replicaset-controller"],
  },
  "ClusterRoleBinding system:controller:replication-controller": {
    role: "ClusterRole system:controller:replication-controller",
    subjects: ["ServiceAccount kube-system/replication-controller"],
  },
  "ClusterRoleBinding system:controller:resource-claim-controller": {
    role: "ClusterRole system:controller:resource-claim-controller",
    subjects: ["ServiceAccount kube-system/resource-claim-controller"],
  },
  "ClusterRoleBinding system:controller:resourcequota-controller": {
    role: "ClusterRole system:controller:resourcequota-controller",
    subjects: ["ServiceAccount kube-system/resourcequota-controller"],
  },
  "ClusterRoleBinding system:controller:root-ca-cert-publisher": {
    role: "ClusterRole system:controller:root-ca-cert-publisher",
    subjects: ["ServiceAccount kube-system/root-ca-cert-publisher"],
  },
  "ClusterRoleBinding system:controller:route-controller": {
    role: "ClusterRole system:controller:route-controller",
    subjects: ["ServiceAccount kube-system/route-controller"],
  },
  "ClusterRoleBinding system:controller:selinux-warning-controller": {
    role: "ClusterRole system:controller:selinux-warning-controller",
    subjects: ["ServiceAccount kube-system/selinux-warning-controller"],
  },
  "ClusterRoleBinding system:controller:service-account-controller": {
    role: "ClusterRole system:controller:service-account-controller",
    subjects: ["ServiceAccount kube-system/service-account-controller"],
  },
  "ClusterRoleBinding system:controller:service-cidrs-controller": {
    role: "ClusterRole system:controller:service-cidrs-controller",
    subjects: ["ServiceAccount kube-system/service-cidrs-controller"],
  },
  "ClusterRoleBinding system:controller:service-controller": {
    role: "ClusterRole system:controller:service-controller",
    subjects: ["ServiceAccount kube-system/service-controller"],
  },
  "ClusterRoleBinding system:controller:statefulset-controller": {
    role: "ClusterRole system:controller:statefulset-controller",
    subjects: ["ServiceAccount kube-system/statefulset-controller"],
  },
  "ClusterRoleBinding system:controller:storage-version-migrator-controller": {
    role: "ClusterRole system:controller:storage-version-migrator-controller",
    subjects: ["ServiceAccount kube-system/storage-version-migrator-controller"],
  },
  "ClusterRoleBinding system:controller:ttl-after-finished-controller": {
    role: "ClusterRole system:controller:ttl-after-finished-controller",
    subjects: ["ServiceAccount kube-system/ttl-after-finished-controller"],
  },
  "ClusterRoleBinding system:controller:ttl-controller": {
    role: "ClusterRole system:controller:ttl-controller",
    subjects: ["ServiceAccount kube-system/ttl-controller"],
  },
  "ClusterRoleBinding system:controller:validatingadmissionpolicy-status-controller": {
    role: "ClusterRole system:controller:validatingadmissionpolicy-status-controller",
    subjects: ["ServiceAccount kube-system/validatingadmissionpolicy-status-controller"],
  },
  "ClusterRoleBinding system:controller:volumeattributesclass-protection-controller": {
    role: "ClusterRole system:controller:volumeattributesclass-protection-controller",
    subjects: ["ServiceAccount kube-system/volumeattributesclass-protection-controller"],
  },
  "ClusterRoleBinding system:discovery": { role: "ClusterRole system:discovery", subjects: ["Group system:authenticated"] },
  "ClusterRoleBinding system:kube-controller-manager": {
    role: "ClusterRole system:kube-controller-manager",
    subjects: ["User system:kube-controller-manager"],
  },
  "ClusterRoleBinding system:kube-dns": { role: "ClusterRole system:kube-dns", subjects: ["ServiceAccount kube-system/kube-dns"] },
  "ClusterRoleBinding system:kube-scheduler": { role: "ClusterRole system:kube-scheduler", subjects: ["User system:kube-scheduler"] },
  "ClusterRoleBinding system:monitoring": { role: "ClusterRole system:monitoring", subjects: ["Group system:monitoring"] },
  "ClusterRoleBinding system:node": { role: "ClusterRole system:node", subjects: [] },
  "ClusterRoleBinding system:node-proxier": { role: "ClusterRole system:node-proxier", subjects: ["User system:kube-proxy"] },
  "ClusterRoleBinding system:public-info-viewer": {
    role: "ClusterRole system:public-info-viewer",
    subjects: ["Group system:authenticated", "Group system:unauthenticated"],
  },
  "ClusterRoleBinding system:service-account-issuer-discovery": {
    role: "ClusterRole system:service-account-issuer-discovery",
    subjects: ["Group system:serviceaccounts"],
  },
  "ClusterRoleBinding system:volume-scheduler": { role: "ClusterRole system:volume-scheduler", subjects: ["User system:kube-scheduler"] },
  "RoleBinding kube-public/system:controller:bootstrap-signer": {
    role: "Role system:controller:bootstrap-signer",
    subjects: ["ServiceAccount kube-system/bootstrap-signer"],
  },
  "RoleBinding kube-system/system::extension-apiserver-authentication-reader": {
    role: "Role extension-apiserver-authentication-reader",
    subjects: ["User system:kube-controller-manager", "User system:kube-scheduler"],
  },
  "RoleBinding kube-system/system::leader-locking-kube-controller-manager": {
    role: "Role system::leader-locking-kube-controller-manager",
    subjects: [
      "ServiceAccount kube-system/kube-controller-manager",
      "ServiceAccount kube-system/leader-election-controller",
      "User system:kube-controller-manager",
    ],
  },
  "RoleBinding kube-system/system::leader-locking-kube-scheduler": {
    role: "Role system::leader-locking-kube-scheduler",
    subjects: ["ServiceAccount kube-system/kube-scheduler", "User system:kube-scheduler"],
  },
  "RoleBinding kube-system/system:controller:bootstrap-signer": {
    role: "Role system:controller:bootstrap-signer",
    subjects: ["ServiceAccount kube-system/bootstrap-signer"],
  },
  "RoleBinding kube-system/system:controller:cloud-provider": {
    role: "Role system:controller:cloud-provider",
    subjects: ["ServiceAccount kube-system/cloud-provider"],
  },
  "RoleBinding kube-system/system:controller:token-cleaner": {
    role: "Role system:controller:token-cleaner",
    subjects: ["ServiceAccount kube-system/token-cleaner"],
  },
};
