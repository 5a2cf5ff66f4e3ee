/** Why clauses of several benchmarks stay open: the same words in each. */
export const NEEDS_PROVIDER = "Needs the provider's API, which a scan does not read";
export const NODE_FILES = "Files on nodes, which the API does not show";

// What controls leave open of a clause, as the second half of a sentence: the first says what they found.
export const PROVIDER_REST = "the rest needs the provider's API, which a scan does not read";
export const SIGN_IN_REST = "how people sign in is in their own files and in the provider of identities";
export const MASTERS_REST = "who is in the group is in client certificates, which the API does not list";
export const BOUNDS_REST = "whether namespaces part what should be apart is for people to say";
export const VPC_CNI_REST = "whether the Amazon VPC CNI enforces policies, or another network plugin, is for people to say";
export const LEVEL_REST = "where a policy stands in for the label of a namespace, only what takes over a node is compared with the level";
export const TRUST_REST = "which code is not trusted is for people to say, by labels";
export const SUPPLY_REST = "how images are built, and what scanners find in them, the API does not show";
export const REACH_REST = "who reaches the control plane and the nodes is decided by firewalls and networks, which the API does not show";
export const DISKS_REST = "disks of nodes, backups, and what programs say to each other the API does not show";
export const WATCH_REST = "whether people read logs and answer alerts is for them to say";
export const FIXES_REST = "flaws of images and applications, and how soon they are fixed, the API does not show";
