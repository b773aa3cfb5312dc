package dev.gostub.server.handler;

import dev.gostub.server.arch.Amd64Register;
import dev.gostub.server.arch.Amd64Registers;
import dev.gostub.server.arch.LldbRegisters;
import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.RegisterCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.ThreadSelector;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.util.Optional;

/** Reads and writes registers. */
public final class RegisterHandler {
    private final Dialogue dialogue;

    /** Serves one session. */
    public RegisterHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code command}. */
    public Reply handle(RegisterCommand command) throws TargetException {
        return switch (command) {
            case RegisterCommand.ReadAll(Optional<ThreadSelector> thread) -> readAll(thread);
            case RegisterCommand.WriteAll(byte[] block, Optional<ThreadSelector> thread) -> writeAll(block, thread);
            case RegisterCommand.Read(int number, Optional<ThreadSelector> thread) -> read(number, thread);
            case RegisterCommand.Write(int number, byte[] value, Optional<ThreadSelector> thread) ->
                write(number, value, thread);
            case RegisterCommand.Describe(int number) ->
                LldbRegisters.of(number)
                        .map(Reply::text)
                        .orElseGet(() -> Reply.failure(Errno.EINVAL, "no more registers"));
        };
    }

    private Reply readAll(Optional<ThreadSelector> selector) throws TargetException {
        ThreadId thread = dialogue.threadOrCurrent(selector);
        return Reply.text(Hex.of(dialogue.inferior().registers(thread)));
    }

    private Reply writeAll(byte[] block, Optional<ThreadSelector> selector) throws TargetException {
        ThreadId thread = dialogue.threadOrCurrent(selector);
        if (block.length > Amd64Registers.BLOCK_BYTES) {
            throw new TargetException(Errno.EINVAL, "there are not that many registers");
        }
        Inferior inferior = dialogue.inferior();
        byte[] whole = inferior.registers(thread);
        System.arraycopy(block, 0, whole, 0, block.length);
        inferior.writeRegisters(thread, whole);
        return Reply.ok();
    }

    private Reply read(int number, Optional<ThreadSelector> selector) throws TargetException {
        Amd64Register register = register(number);
        ThreadId thread = dialogue.threadOrCurrent(selector);
        return Reply.text(Hex.of(dialogue.inferior().register(thread, register.offset(), register.sizeBytes())));
    }

    private Reply write(int number, byte[] value, Optional<ThreadSelector> selector) throws TargetException {
        Amd64Register register = register(number);
        ThreadId thread = dialogue.threadOrCurrent(selector);
        if (value.length == 0 || value.length > register.sizeBytes()) {
            throw new TargetException(Errno.EINVAL, register.name() + " has " + register.sizeBytes() + " bytes");
        }
        dialogue.inferior().writeRegister(thread, register.offset(), value);
        return Reply.ok();
    }

    private static Amd64Register register(int number) throws TargetException {
        if (number >= Amd64Registers.all().size()) {
            throw new TargetException(Errno.EINVAL, "no such register: " + number);
        }
        return Amd64Registers.all().get(number);
    }
}
