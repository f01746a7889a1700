/** Answers one agent request; both sides without the length in front. */
export interface Agent {
  ask(request: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

export const agentRequest = { listIdentities: 11, sign: 13 } as const;
export const agentReply = { failure: 5, identities: 12, signature: 14 } as const;

/** The agent as a build may use it: it can list keys and sign, but not add, remove or lock anything. */
export function restrict(agent: Agent): Agent {
  return {
    close: () => agent.close(),
    async ask(request) {
      const allowed = request[0] === agentRequest.listIdentities || request[0] === agentRequest.sign;
      return allowed ? agent.ask(request) : Uint8Array.of(agentReply.failure);
    },
  };
}
