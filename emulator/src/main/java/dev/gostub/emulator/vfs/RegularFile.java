package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.memory.Frame;
import java.util.Optional;
import java.util.function.Consumer;

/** A regular file, with a name in the tree or (a memfd, an unlinked file) without. */
final class RegularFile extends Node {
    private final Content content;
    private int seals;
    private int openCount;

    RegularFile(Attributes attributes, Content content) {
        super(attributes);
        this.content = content;
    }

    Content content() {
        return content;
    }

    @Override
    Optional<LiveInode> live() {
        return content instanceof LiveContent there ? Optional.of(there) : Optional.empty();
    }

    @Override
    long toldBytes() {
        return content instanceof LiveContent there ? there.toldBytes() : sizeBytes();
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
        return written(content.write(offset, from, at, length), now);
    }

    long append(byte[] from, int at, int length, long now) {
        if ((seals & (Seals.WRITE | Seals.GROW)) != 0) {
            return Errno.EPERM.result();
        }
        return written(content.append(from, at, length), now);
    }

    /** The host keeps the times of its own files. */
    private long written(long count, long now) {
        if (count > 0 && live().isEmpty()) {
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
        long result = content.truncate(size);
        if (openCount == 0) {
            content.closeHost();
        }
        if (result == 0 && live().isEmpty()) {
            change(attributes().withContentChanged(now));
        }
        return result;
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

    void noLongerMapped() {
        if (openCount == 0) {
            content.closeHost();
        }
    }

    void closed() {
        openCount--;
        if (content instanceof LiveContent live) {
            live.reconcile();
        }
        if (openCount == 0) {
            content.closeHost();
        }
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        if (content instanceof LiveContent there) {
            there.reach(visit);
        }
    }

    @Override
    public Saved capture() {
        return new State(this, attributes(), content.capture(), seals, openCount);
    }

    private record State(RegularFile owner, Attributes attributes, Saved content, int seals, int openCount)
            implements Saved {
        @Override
        public void restore() {
            owner.change(attributes);
            content.restore();
            owner.seals = seals;
            owner.openCount = openCount;
        }
    }
}
