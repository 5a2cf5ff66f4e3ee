import { toPart } from "../../model/clause-part";

/** Of the mappings of aws-auth those that make administrators: that a user or an account is mapped says nothing of its rights. */
export const MAPPED_MASTERS = toPart("aws-auth", "system:masters");
