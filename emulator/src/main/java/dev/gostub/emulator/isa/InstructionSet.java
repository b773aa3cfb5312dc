package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.FormTable;

/** All opcode maps together. Filled once, on first use; immutable afterwards, so all decoders share it. */
public final class InstructionSet {
    private static final FormTable[] MAPS = maps();

    private InstructionSet() {}

    /** A decoder of its own for one thread. */
    public static Decoder decoder() {
        return new Decoder(MAPS, Processor.UD);
    }

    /** The lines of one map (see {@link Form#ONE_BYTE}) in the order of the tables: for documentation and tests. */
    public static java.util.List<Form> lines(int map) {
        return MAPS[map].lines();
    }

    private static FormTable[] maps() {
        FormTable[] maps = {new FormTable(), new FormTable(), new FormTable(), new FormTable()};
        OneByteMap.fill(maps[Form.ONE_BYTE]);
        TwoByteMap.fill(maps[Form.MAP_0F]);
        GeneralMap.fill(maps[Form.ONE_BYTE], maps[Form.MAP_0F], maps[Form.MAP_0F38], maps[Form.MAP_0F3A]);
        PackedIntegerMap.fill(maps[Form.MAP_0F], maps[Form.MAP_0F38], maps[Form.MAP_0F3A]);
        FloatMap.fill(maps[Form.MAP_0F], maps[Form.MAP_0F38], maps[Form.MAP_0F3A]);
        X87Map.fill(maps[Form.ONE_BYTE]);
        for (FormTable map : maps) map.seal();
        return maps;
    }
}
