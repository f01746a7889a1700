import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { frame } from '../rpc/frame.ts';
import type { RpcHandler, ServerCall } from '../rpc/serve.ts';
import { createRpcError, rpcCode } from '../rpc/status.ts';

/** A handler for a method with one message each way. */
export function unary<Input extends DescMessage, Output extends DescMessage>(
  input: Input,
  output: Output,
  reply: (request: MessageShape<Input>, call: ServerCall) => Promise<MessageInitShape<Output>>,
): RpcHandler {
  return async (call) => {
    const message = await call.next();
    if (message === undefined) {
      throw createRpcError({ code: rpcCode.unknown, message: 'a unary call came without its message' });
    }
    const answer = await reply(fromBinary(input, message), call);
    await call.write(frame(toBinary(output, create(output, answer))));
  };
}
