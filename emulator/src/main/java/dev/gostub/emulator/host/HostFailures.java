package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;

/** Finds the reason in what Java throws: for some it has classes, of the others only the text of strerror(3) is told. */
final class HostFailures {
    // spotless:off
    private static final Map<String, Reason> TEXTS = Map.ofEntries(
            Map.entry("Operation not permitted", Reason.NOT_PERMITTED),
            Map.entry("Permission denied", Reason.DENIED),
            Map.entry("No such file or directory", Reason.NOT_FOUND),
            Map.entry("File exists", Reason.EXISTS),
            Map.entry("Is a directory", Reason.IS_A_DIRECTORY),
            Map.entry("Not a directory", Reason.NOT_A_DIRECTORY),
            Map.entry("Directory not empty", Reason.NOT_EMPTY),
            Map.entry("Device or resource busy", Reason.BUSY),
            Map.entry("Resource busy", Reason.BUSY),
            Map.entry("Invalid cross-device link", Reason.CROSS_DEVICE),
            Map.entry("Cross-device link", Reason.CROSS_DEVICE),
            Map.entry("Read-only file system", Reason.READ_ONLY),
            Map.entry("No space left on device", Reason.NO_SPACE),
            Map.entry("Disk quota exceeded", Reason.OVER_QUOTA),
            Map.entry("File too large", Reason.TOO_LARGE),
            Map.entry("File name too long", Reason.NAME_TOO_LONG),
            Map.entry("Too many levels of symbolic links", Reason.LOOP),
            Map.entry("Too many links", Reason.TOO_MANY_LINKS),
            Map.entry("Text file busy", Reason.EXECUTING),
            Map.entry("No data available", Reason.NO_ATTRIBUTE),
            Map.entry("Attribute not found", Reason.NO_ATTRIBUTE),
            Map.entry("Operation not supported", Reason.NOT_SUPPORTED),
            Map.entry("Invalid argument", Reason.INVALID),
            Map.entry("Stale file handle", Reason.STALE),
            Map.entry("Too many open files", Reason.TOO_MANY_OPEN));
    // spotless:on

    private HostFailures() {}

    static HostFailure of(IOException e, String path) {
        return new HostFailure(
                switch (e) {
                    case NoSuchFileException _ -> Reason.NOT_FOUND;
                    case AccessDeniedException _ -> Reason.DENIED;
                    case NotDirectoryException _ -> Reason.NOT_A_DIRECTORY;
                    case NotLinkException _ -> Reason.NOT_A_LINK;
                    case FileAlreadyExistsException _ -> Reason.EXISTS;
                    case DirectoryNotEmptyException _ -> Reason.NOT_EMPTY;
                    case AtomicMoveNotSupportedException _ -> Reason.CROSS_DEVICE;
                    case FileSystemException f -> ofText(f.getReason() == null ? "" : f.getReason());
                    default -> ofText(e.getMessage() == null ? "" : e.getMessage());
                },
                path);
    }

    private static Reason ofText(String text) {
        for (Map.Entry<String, Reason> entry : TEXTS.entrySet()) {
            if (text.contains(entry.getKey())) {
                return entry.getValue();
            }
        }
        return Reason.INPUT_OUTPUT;
    }
}
