/** An end of a connection that is no namespace: every address outside the cluster. No namespace can be called so. */
export const OUTSIDE = "~";
