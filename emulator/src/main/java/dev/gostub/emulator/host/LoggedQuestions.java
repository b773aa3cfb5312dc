package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import dev.gostub.emulator.host.InputLog.Question;

/** Asks what may fail: failures are answers like any other. */
record LoggedQuestions(InputLog log) {
    <T> T ask(Question question, String detail, Attempt<T> attempt) throws HostFailure {
        Answer<T> answer = log.answer(question, detail, () -> {
            try {
                return new Answer.Given<>(attempt.run());
            } catch (HostFailure failure) {
                return new Answer.Refused<>(failure.reason());
            }
        });
        return switch (answer) {
            case Answer.Given<T>(T value) -> value;
            case Answer.Refused<T>(Reason reason) -> throw new HostFailure(reason, detail);
        };
    }

    /** Does something outside. When the answer comes from the log it is not done again. */
    void tell(Question question, String detail, Deed deed) throws HostFailure {
        ask(question, detail, () -> {
            deed.run();
            return true;
        });
    }

    /** Success or the reason why not. */
    sealed interface Answer<T> {
        record Given<T>(T value) implements Answer<T> {}

        record Refused<T>(Reason reason) implements Answer<T> {}
    }

    /** Something that may fail. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws HostFailure;
    }

    /** Something without an answer that may fail. */
    @FunctionalInterface
    interface Deed {
        void run() throws HostFailure;
    }
}
