package dev.gostub.server.target;

/** Takes what the guest writes to its terminal; called on the thread that resumed the target, while it runs. */
@FunctionalInterface
public interface OutputSink {
    void write(byte[] bytes);
}
