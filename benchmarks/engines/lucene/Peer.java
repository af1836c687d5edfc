import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.*;
import org.apache.lucene.facet.*;
import org.apache.lucene.facet.sortedset.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene beside the other engines: reads tab-separated lines from standard input. "build FOLDER":
 * articles follow; "ask FOLDER": questions follow, and each is answered by its total.
 */
public class Peer {
  static final String[] TEXTS = {"title", "text"};
  static final FacetsConfig CONFIG = new FacetsConfig();

  public static void main(String[] arguments) throws Exception {
    for (String facet : new String[] {"actor", "location"}) CONFIG.setMultiValued(facet, true);
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
    if (arguments[0].equals("build")) build(Path.of(arguments[1]), input);
    else answer(Path.of(arguments[1]), input);
  }

  /** Arabic articles with the Arabic analyzer, all others with the English one, in fields of their own. */
  static Analyzer analyzer() {
    return new PerFieldAnalyzerWrapper(
        new EnglishAnalyzer(), Map.of("title_ar", new ArabicAnalyzer(), "text_ar", new ArabicAnalyzer()));
  }

  static void build(Path folder, BufferedReader input) throws Exception {
    var config = new IndexWriterConfig(analyzer()).setRAMBufferSizeMB(500);
    try (var writer = new IndexWriter(new MMapDirectory(folder), config)) {
      for (String line; (line = input.readLine()) != null; ) {
        String[] row = line.split("\t", -1); // id, title, text, lang, month, day, actors, locations
        String suffix = row[3].equals("ar") ? "_ar" : "";
        var document = new Document();
        document.add(new StringField("id", row[0], Field.Store.YES));
        document.add(new TextField("title" + suffix, row[1], Field.Store.YES));
        document.add(new TextField("text" + suffix, row[2], Field.Store.YES));
        document.add(new SortedSetDocValuesFacetField("month", row[4]));
        document.add(new LongPoint("day", Long.parseLong(row[5])));
        for (String actor : row[6].split(" ")) {
          if (actor.isEmpty()) continue;
          document.add(new SortedSetDocValuesFacetField("actor", actor));
          document.add(new StringField("by_actor", actor, Field.Store.NO));
        }
        for (String location : row[7].split(" ")) {
          if (!location.isEmpty()) document.add(new SortedSetDocValuesFacetField("location", location));
        }
        writer.addDocument(CONFIG.build(document));
      }
      writer.forceMerge(1);
    }
  }

  static void answer(Path folder, BufferedReader input) throws Exception {
    var reader = DirectoryReader.open(new MMapDirectory(folder));
    var searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null); // every question is asked for the first time
    var state = new DefaultSortedSetDocValuesReaderState(reader, CONFIG);
    var highlighter = UnifiedHighlighter.builder(searcher, analyzer()).build();
    for (String line; (line = input.readLine()) != null; ) {
      String[] row = line.split("\t", -1); // mode, words, first day, last day, actor, page
      Query query = query(row);
      int page = Integer.parseInt(row[5]);
      var collector = new FacetsCollector();
      TopDocs found = FacetsCollector.search(searcher, query, 10 * page, collector);
      int total = searcher.count(query);
      Facets facets = new SortedSetDocValuesFacetCounts(state, collector);
      facets.getAllChildren("actor");
      facets.getAllChildren("location");
      facets.getAllChildren("month");
      int from = Math.min(10 * (page - 1), found.scoreDocs.length);
      var shown = new TopDocs(found.totalHits, Arrays.copyOfRange(found.scoreDocs, from, found.scoreDocs.length));
      highlighter.highlightFields(new String[] {"text", "text_ar"}, query, shown, new int[] {3, 3});
      System.out.println(total);
      System.out.flush();
    }
  }

  static Query query(String[] row) {
    var builder = new QueryBuilder(analyzer());
    var whole = new BooleanQuery.Builder();
    var words = new BooleanQuery.Builder();
    var occur = row[0].equals("any") ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST;
    String[] parts = row[0].equals("phrase") ? new String[] {row[1]} : row[1].split(" ");
    for (String part : parts) {
      var fields = new BooleanQuery.Builder();
      for (String name : TEXTS) {
        for (String suffix : new String[] {"", "_ar"}) {
          String field = name + suffix;
          Query one =
              row[0].equals("prefix") ? new PrefixQuery(new Term(field, part))
                  : row[0].equals("phrase") ? builder.createPhraseQuery(field, part)
                  : builder.createBooleanQuery(field, part);
          if (one != null) fields.add(one, BooleanClause.Occur.SHOULD);
        }
      }
      words.add(fields.build(), occur);
    }
    whole.add(words.build(), BooleanClause.Occur.MUST);
    if (!row[2].isEmpty()) {
      Query days = LongPoint.newRangeQuery("day", Long.parseLong(row[2]), Long.parseLong(row[3]));
      whole.add(days, BooleanClause.Occur.FILTER);
    }
    if (!row[4].isEmpty()) whole.add(new TermQuery(new Term("by_actor", row[4])), BooleanClause.Occur.FILTER);
    return whole.build();
  }
}
