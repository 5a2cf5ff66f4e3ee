import { toPart } from "../../model/clause-part";

/** Of the mappings of aws-auth those that make administrators: that a user or an account is mapped says nothing of its rights. */
export const MAPPED_MASTERS = toPart("aws-auth", "system:masters");

/** Of what admission checks by, the objects that name webhooks: policies of its engines are not what benchmarks ask for. */
export const WEBHOOK_WRITES = toPart("admission", "webhooks");
