import "server-only";
import pg from "pg";

const BOUND = "SCRAM-SHA-256-PLUS";

/**
 * What `channel_binding=require` asks for, which `pg` reads over: the server proves that it knows the password within this very TLS connection, so nobody who
 * holds a certificate of its name stands between. Who does not is told no password and asked nothing; who offers no such proof, nothing that one could be guessed
 * from either.
 */
export class BoundClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, enableChannelBinding: true });
    const { connection } = this;
    let isProven = false;
    const refuse = (): void =>
      void connection.stream.destroy(Object.assign(new Error("The database offers no channel binding."), { code: "ERR_TLS_CHANNEL_BINDING" }));
    // Added before those of `pg`, which answer: these come with the connection.
    connection.on("authenticationSASL", ({ mechanisms }: { readonly mechanisms: readonly string[] }) => {
      if (!mechanisms.includes(BOUND)) refuse();
    });
    connection.on("authenticationSASLFinal", () => {
      isProven = true; // what `pg` finds wrong with the proof is an error of the connection
    });
    // After one, `pg` would go on with whoever says that all is well.
    connection.on("error", () => connection.stream.destroy());
    connection.on("authenticationCleartextPassword", refuse);
    connection.on("authenticationMD5Password", refuse);
    connection.on("authenticationOk", () => {
      if (!isProven) refuse(); // let in without a word, or before the last one
    });
  }
}
