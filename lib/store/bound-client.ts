import "server-only";
import pg from "pg";

const BOUND = "SCRAM-SHA-256-PLUS";

/**
 * What `channel_binding=require` asks for, which `pg` reads over: the server proves that it knows the password within this very TLS connection, so nobody who
 * holds a certificate of its name stands between. Who does not is told no password, nor anything that one could be guessed from.
 */
export class BoundClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, enableChannelBinding: true });
    const { connection } = this;
    let isBound = false;
    const refuse = (): void =>
      void connection.stream.destroy(Object.assign(new Error("The database offers no channel binding."), { code: "ERR_TLS_CHANNEL_BINDING" }));
    // Added before those of `pg`, which answer: these come with the connection.
    connection.on("authenticationSASL", ({ mechanisms }: { readonly mechanisms: readonly string[] }) => {
      isBound = mechanisms.includes(BOUND);
      if (!isBound) refuse();
    });
    connection.on("authenticationCleartextPassword", refuse);
    connection.on("authenticationMD5Password", refuse);
    connection.on("authenticationOk", () => {
      if (!isBound) refuse(); // let in without a word
    });
  }
}
