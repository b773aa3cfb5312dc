package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.memory.Frame;
import dev.gostub.emulator.vfs.FileContent.ContentSnapshot;
import java.util.Optional;

/** A regular file, with a name in the tree or (a memfd, an unlinked file) without. */
final class RegularFile extends Node {
    private final FileContent content;
    private int seals;
    private int openCount;

    /** A new, empty file. */
    RegularFile(Attributes attributes) {
        super(attributes);
        this.content = new FileContent();
    }

    /** A file of the host. */
    RegularFile(Attributes attributes, HostOrigin host, long sizeBytes) {
        super(attributes);
        this.content = new FileContent(host, sizeBytes);
    }

    @Override
    public long sizeBytes() {
        return content.sizeBytes();
    }

    long read(long offset, byte[] into, int at, int length) {
        return content.read(offset, into, at, length);
    }

    long write(long offset, byte[] from, int at, int length, long now) {
        if ((seals & Seals.WRITE) != 0 || (seals & Seals.GROW) != 0 && offset + length > sizeBytes()) {
            return Errno.EPERM.result();
        }
        long count = content.write(offset, from, at, length);
        if (count > 0) {
            change(attributes().withContentChanged(now));
        }
        return count;
    }

    Optional<Frame> sharedPage(long offset) {
        return content.sharedPage(offset);
    }

    Optional<Frame> cachedPage(long offset) {
        return content.cachedPage(offset);
    }

    long truncate(long size, long now) {
        if (size < 0) {
            return Errno.EINVAL.result();
        }
        if ((seals & Seals.SHRINK) != 0 && size < sizeBytes() || (seals & Seals.GROW) != 0 && size > sizeBytes()) {
            return Errno.EPERM.result();
        }
        content.truncate(size);
        change(attributes().withContentChanged(now));
        return 0;
    }

    int seals() {
        return seals;
    }

    void seal(int more) {
        seals |= more;
    }

    void opened() {
        openCount++;
    }

    void closed() {
        openCount--;
        if (openCount == 0) {
            content.closeHost();
        }
    }

    @Override
    public Saved capture() {
        return new State(this, attributes(), content.capture(), seals, openCount);
    }

    private record State(RegularFile owner, Attributes attributes, ContentSnapshot content, int seals, int openCount)
            implements Saved {
        @Override
        public void restore() {
            owner.change(attributes);
            owner.content.restore(content);
            owner.seals = seals;
            owner.openCount = openCount;
        }
    }
}
