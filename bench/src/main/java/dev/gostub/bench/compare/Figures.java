package dev.gostub.bench.compare;

import java.util.Arrays;
import java.util.Locale;

/** The figures of one measure at one peer, from several runs; in the measure's unit. */
record Figures(double[] sorted) {
    static Figures of(double... values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return new Figures(copy);
    }

    static Figures none() {
        return new Figures(new double[0]);
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    double least() {
        return sorted[0];
    }

    double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Median and, in brackets, the least. */
    String text() {
        if (isEmpty()) {
            return "–";
        }
        return sorted.length == 1 ? number(median()) : number(median()) + " (" + number(least()) + ")";
    }

    static String number(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
