package dev.gostub.server.target;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A handful of files in memory, and a symbolic link {@code /proc/PID/exe}. */
final class FakeFiles implements GuestFiles {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<Integer, byte[]> open = new LinkedHashMap<>();
    private int nextDescriptor = 3;

    void put(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    int openCount() {
        return open.size();
    }

    @Override
    public int open(String path, int flags, int mode) throws TargetException {
        if ((flags & 3) != 0) {
            throw new TargetException(Errno.EROFS, "read-only");
        }
        open.put(nextDescriptor, content(path));
        return nextDescriptor++;
    }

    private byte[] content(String path) throws TargetException {
        byte[] content = files.get(path);
        if (content == null) {
            throw new TargetException(Errno.ENOENT, "no such file: " + path);
        }
        return content;
    }

    private byte[] opened(int descriptor) throws TargetException {
        byte[] content = open.get(descriptor);
        if (content == null) {
            throw new TargetException(Errno.EBADF, "not open: " + descriptor);
        }
        return content;
    }

    @Override
    public byte[] pread(int descriptor, int count, long offset) throws TargetException {
        byte[] content = opened(descriptor);
        if (offset >= content.length) {
            return new byte[0];
        }
        return Arrays.copyOfRange(content, (int) offset, (int) Math.min(content.length, offset + count));
    }

    @Override
    public FileStatus fstat(int descriptor) throws TargetException {
        return FileStatus.regular(descriptor, opened(descriptor).length);
    }

    @Override
    public FileStatus stat(String path) throws TargetException {
        return FileStatus.regular(1, content(path).length);
    }

    @Override
    public FileStatus lstat(String path) throws TargetException {
        return stat(path);
    }

    @Override
    public String readlink(String path) throws TargetException {
        if (path.equals("/proc/4660/exe")) {
            return FakeTarget.EXECUTABLE;
        }
        throw new TargetException(Errno.EINVAL, "no link: " + path);
    }

    @Override
    public void close(int descriptor) throws TargetException {
        opened(descriptor);
        open.remove(descriptor);
    }

    @Override
    public void closeAll() {
        open.clear();
    }
}
