package dev.gostub.emulator.vfs;

import dev.gostub.emulator.memory.Frame;
import java.util.Optional;

/** An opened regular file. */
final class RegularStream implements SeekableObject {
    private final RegularFile file;
    private final GuestClock clock;

    RegularStream(RegularFile file, GuestClock clock) {
        this.file = file;
        this.clock = clock;
        file.opened();
    }

    @Override
    public RegularFile node() {
        return file;
    }

    @Override
    public long readAt(long offset, byte[] into, int at, int length) {
        return file.read(offset, into, at, length);
    }

    @Override
    public long writeAt(long offset, byte[] from, int at, int length) {
        return file.write(offset, from, at, length, clock.realtimeNanos());
    }

    @Override
    public long append(byte[] from, int at, int length) {
        return file.append(from, at, length, clock.realtimeNanos());
    }

    @Override
    public long sync(boolean attributes) {
        return file.content().sync(attributes);
    }

    @Override
    public boolean isOfHost() {
        return file.content() instanceof LiveContent;
    }

    @Override
    public void mapped() {
        if (file.content() instanceof LiveContent content) {
            content.mapped();
        }
    }

    @Override
    public void reconcile() {
        if (file.content() instanceof LiveContent content) {
            content.reconcile();
        }
    }

    @Override
    public void unmapped() {
        if (file.content() instanceof LiveContent content) {
            content.unmapped();
            file.noLongerMapped();
        }
    }

    @Override
    public Optional<Frame> sharedPage(long offset) {
        return file.sharedPage(offset);
    }

    @Override
    public Optional<Frame> cachedPage(long offset) {
        return file.cachedPage(offset);
    }

    @Override
    public boolean isStored() {
        return true;
    }

    @Override
    public boolean splicesOut() {
        return true;
    }

    @Override
    public boolean splicesIn() {
        return true;
    }

    @Override
    public long sizeBytes() {
        return file.sizeBytes();
    }

    @Override
    public long available() {
        return file.sizeBytes();
    }

    @Override
    public void released() {
        file.closed();
    }

    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }
}
