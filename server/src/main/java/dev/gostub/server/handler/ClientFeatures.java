package dev.gostub.server.handler;

import java.util.List;

/** What the client said it understands in {@code qSupported}. */
record ClientFeatures(List<String> names) {
    ClientFeatures {
        names = List.copyOf(names);
    }

    static ClientFeatures none() {
        return new ClientFeatures(List.of());
    }

    private boolean has(String feature) {
        return names.contains(feature);
    }

    /** Threads are written {@code pPID.TID}. */
    boolean multiprocess() {
        return has("multiprocess+");
    }

    boolean swbreak() {
        return has("swbreak+");
    }

    boolean hwbreak() {
        return has("hwbreak+");
    }

    boolean execEvents() {
        return has("exec-events+");
    }

    /** lldb says this and takes {@code reason:exec} as well; dlv says neither. */
    boolean forkEvents() {
        return has("fork-events+");
    }

    boolean vContSupported() {
        return has("vContSupported+");
    }

    /** Errors may be text; gdb 14 and later. */
    boolean textErrors() {
        return has("error-message+");
    }

    /** Named here by no client we know, but harmless to believe. */
    boolean binaryUpload() {
        return has("binary-upload+");
    }

    /** {@code vRun} has one string for all arguments; gdb 18 and later. */
    boolean singleArgument() {
        return has("single-inf-arg+");
    }
}
