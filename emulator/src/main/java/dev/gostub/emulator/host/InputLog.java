package dev.gostub.emulator.host;

/**
 * The one method that everything from outside passes. A log may keep what {@code live} gives, or give again what it kept
 * without asking.
 */
@FunctionalInterface
public interface InputLog {
    /** What can be asked of a host. The answers are immutable values, or byte arrays that nobody changes. */
    enum Question {
        DATE,
        USER,
        ENVIRONMENT,
        WORKING_DIRECTORY,
        TERMINAL_FACTS,
        TERMINAL_INPUT,
        TERMINAL_WRITE,
        TERMINAL_MODES,
        FILE_STAT,
        FILE_LIST,
        FILE_LINK,
        FILE_OPEN,
        FILE_READ,
        FOLDER_STAT,
        FOLDER_LIST,
        FOLDER_LINK,
        FOLDER_SPACE,
        FOLDER_CHANGE,
        FOLDER_OPEN,
        FOLDER_READ,
        FOLDER_WRITE,
        NETWORK_FACTS,
        NETWORK_EVENTS,
        NETWORK_ACTION
    }

    /**
     * Answers a question.
     *
     * @param detail which file, which stream: part of the question
     */
    <T> T answer(Question question, String detail, Live<T> live);

    /** Asks the host. */
    @FunctionalInterface
    interface Live<T> {
        T ask();
    }
}
