package dev.gostub.server.handler;

import dev.gostub.server.arch.TargetDescription;
import dev.gostub.server.packet.Escapes;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.TransferCommand;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Serves the documents of {@code qXfer}, piece by piece. */
public final class TransferHandler {
    private final Dialogue dialogue;

    /** Serves one session. */
    public TransferHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code command}. */
    public Reply handle(TransferCommand command) throws TargetException {
        return switch (command) {
            case TransferCommand.Read(String object, String annex, long offset, int lengthBytes) -> {
                Optional<byte[]> document = document(object, annex);
                yield document.isEmpty() ? Reply.unsupported() : piece(document.get(), offset, lengthBytes);
            }
            case TransferCommand.Write write when write.object().equals("siginfo") -> writeSignalInformation(write);
            case TransferCommand.Write _, TransferCommand.Unknown _ -> Reply.unsupported();
        };
    }

    /** What reaches past the end is cut off, as in gdbserver (linux_process_target::qxfer_siginfo); the reply is how much was taken. */
    private Reply writeSignalInformation(TransferCommand.Write command) throws TargetException {
        Inferior inferior = dialogue.inferior();
        ThreadId thread = dialogue.currentThread();
        byte[] information = inferior.signalInformation(thread);
        if (!command.annex().isEmpty() || command.offset() > information.length) {
            throw new TargetException(Errno.EINVAL, "siginfo has " + information.length + " bytes and no parts");
        }
        int offset = (int) command.offset();
        int length = Math.min(command.bytes().length, information.length - offset);
        System.arraycopy(command.bytes(), 0, information, offset, length);
        inferior.writeSignalInformation(thread, information);
        return Reply.text(Integer.toHexString(length));
    }

    private Optional<byte[]> document(String object, String annex) throws TargetException {
        return switch (object) {
            case "features" ->
                Optional.of(TargetDescription.document(annex)
                        .orElseThrow(() -> new TargetException(Errno.ENOENT, "no such description: " + annex))
                        .getBytes(StandardCharsets.ISO_8859_1));
            case "auxv" -> Optional.of(dialogue.inferior().auxiliaryVector());
            case "exec-file" -> Optional.of(executable(annex).getBytes(StandardCharsets.ISO_8859_1));
            case "threads" -> Optional.of(threads().getBytes(StandardCharsets.ISO_8859_1));
            case "siginfo" -> Optional.of(dialogue.inferior().signalInformation(dialogue.currentThread()));
            case "libraries-svr4" ->
                Optional.of(new LinkMap(dialogue.inferior()).toXml().getBytes(StandardCharsets.ISO_8859_1));
            default -> Optional.empty();
        };
    }

    private String executable(String annex) throws TargetException {
        Inferior inferior = dialogue.inferior();
        if (!annex.isEmpty() && !annex.equals(Long.toHexString(inferior.pid()))) {
            throw new TargetException(Errno.ESRCH, "no process " + annex);
        }
        return inferior.executable();
    }

    private String threads() throws TargetException {
        StringBuilder xml = new StringBuilder("<threads>\n");
        Optional<Inferior> process = dialogue.process();
        if (process.isPresent()) {
            for (ThreadId thread : process.get().threads()) {
                xml.append("<thread id=\"").append(dialogue.format(thread));
                xml.append("\" core=\"").append(process.get().core(thread));
                xml.append("\" name=\"")
                        .append(Xml.attribute(process.get().threadName(thread)))
                        .append("\"/>\n");
            }
        }
        return xml.append("</threads>\n").toString();
    }

    private static Reply piece(byte[] document, long offset, int length) {
        if (offset >= document.length) {
            return Reply.text("l");
        }
        int start = (int) offset;
        byte[] rest = Arrays.copyOfRange(document, start, Math.min(document.length, start + Math.max(1, cap(length))));
        byte[] data = Arrays.copyOf(rest, Escapes.fitting(rest, Dialogue.PACKET_BYTES - 1));
        boolean last = start + data.length == document.length;
        return new Reply.Bytes(last ? "l" : "m", data);
    }

    private static int cap(int length) {
        return Math.min(length, Dialogue.PACKET_BYTES);
    }
}
