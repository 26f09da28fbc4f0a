<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutMien</name>
    <message>
        <source>About Mien</source>
        <translation>Über Mien</translation>
    </message>
    <message>
        <source>Mien {}</source>
        <translation>Mien {}</translation>
    </message>
    <message>
        <source>Says which expression each face shows, how sure it is, and why. An expression is not a feeling.</source>
        <translation>Zeigt, welchen Ausdruck jedes Gesicht hat, wie sicher das ist und warum. Ein Gesichtsausdruck ist kein Gefühl.</translation>
    </message>
    <message>
        <source>In the European Union, inferring the emotions of people at work or in education is prohibited, except for medical or safety reasons (AI Act, Article 5(1)(f)).</source>
        <translation>In der Europäischen Union ist es verboten, mit KI Emotionen von Personen am Arbeitsplatz oder in Bildungseinrichtungen abzuleiten, außer aus medizinischen Gründen oder Sicherheitsgründen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f).</translation>
    </message>
    <message>
        <source>Nothing leaves this machine, except where you ask for a connection.</source>
        <translation>Nichts verlässt diesen Rechner, es sei denn, eine Verbindung wird ausdrücklich verlangt.</translation>
    </message>
    <message>
        <source>Mien is under the MIT licence. The models have terms of their own, which their cards name. Among what it stands on: Qt for Python (LGPL), PyTorch, OpenVINO, OpenCV, FFmpeg through PyAV, and MediaPipe&apos;s face detector (Apache-2.0).</source>
        <translation>Mien steht unter der MIT-Lizenz. Für die Modelle gelten eigene Bedingungen; sie stehen in den Modellkarten. Mien baut unter anderem auf Qt for Python (LGPL), PyTorch, OpenVINO, OpenCV, FFmpeg (über PyAV) und dem Gesichtsdetektor von MediaPipe (Apache-2.0) auf.</translation>
    </message>
    <message>
        <source>Python {}, Qt {}, {}</source>
        <translation>Python {}, Qt {}, {}</translation>
    </message>
</context>
<context>
    <name>AboutModel</name>
    <message>
        <source>About the model &apos;{}&apos;</source>
        <translation>Über das Modell „{}“</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Trainiert mit</translation>
    </message>
    <message>
        <source>{} faces: {}</source>
        <translation>{} Gesichtern: {}</translation>
    </message>
    <message>
        <source>Expressions</source>
        <translation>Gesichtsausdrücke</translation>
    </message>
    <message>
        <source>What it cannot do</source>
        <translation>Was es nicht kann</translation>
    </message>
    <message>
        <source>Nothing is written down.</source>
        <translation>Dazu ist nichts angegeben.</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>SHA-256 of the weights</source>
        <translation>SHA-256 der Gewichte</translation>
    </message>
    <message>
        <source>It was not measured.</source>
        <translation>Sie wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>{} of {} faces are classified as labelled ({}).</source>
        <translation>{} von {} Gesichtern werden so klassifiziert, wie es das Label sagt ({}).</translation>
    </message>
    <message>
        <source>{} at {} px</source>
        <translation>{} bei {} px</translation>
    </message>
    <message>
        <source>Shrunk: {}.</source>
        <translation>Verkleinert: {}.</translation>
    </message>
</context>
<context>
    <name>ActionRow</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>What has no room here</source>
        <translation>Was hier keinen Platz hat</translation>
    </message>
</context>
<context>
    <name>AnalysePage</name>
    <message>
        <source>Add videos and pictures</source>
        <translation>Videos und Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add all videos and pictures in a folder</source>
        <translation>Alle Videos und Bilder eines Ordners hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause the queue, or go on</source>
        <translation>Die Warteschlange anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Add files first.</source>
        <translation>Zuerst Dateien hinzufügen.</translation>
    </message>
    <message>
        <source>Take the files that are done off the list; their sessions stay on the disk</source>
        <translation>Fertige Dateien aus der Liste nehmen; ihre Sitzungen bleiben auf der Festplatte</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Save one table with a row for every session and person, over all sessions in the folder</source>
        <translation>Eine Tabelle mit einer Zeile je Sitzung und Person speichern, über alle Sitzungen des Ordners</translation>
    </message>
    <message>
        <source>Table of all...</source>
        <translation>Gesamttabelle...</translation>
    </message>
    <message>
        <source>Start at once</source>
        <translation>Sofort beginnen</translation>
    </message>
    <message>
        <source>Files that are added are analysed at once; else they wait for Start</source>
        <translation>Hinzugefügte Dateien werden sofort analysiert; sonst warten sie auf „Start“</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Videos and pictures  ({})</source>
        <translation>Videos und Bilder  ({})</translation>
    </message>
    <message>
        <source>All videos and pictures in it  ({})</source>
        <translation>Alle Videos und Bilder darin  ({})</translation>
    </message>
    <message>
        <source>Show the folder with the sessions</source>
        <translation>Den Ordner mit den Sitzungen zeigen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Choose where sessions are saved</source>
        <translation>Wählen, wo Sitzungen gespeichert werden</translation>
    </message>
    <message>
        <source>Sessions are saved in {}</source>
        <translation>Sitzungen werden in {} gespeichert</translation>
    </message>
    <message>
        <source>Where sessions are saved</source>
        <translation>Wo Sitzungen gespeichert werden</translation>
    </message>
    <message numerus="yes">
        <source>Already in the list: %n file(s). Take one off to analyse it anew.</source>
        <translation>
            <numerusform>Schon in der Liste: %n Datei. Aus der Liste nehmen, um sie neu zu analysieren.</numerusform>
            <numerusform>Schon in der Liste: %n Dateien. Eine aus der Liste nehmen, um sie neu zu analysieren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) left from the last time. Press Start.</source>
        <translation>
            <numerusform>%n Datei ist vom letzten Mal übrig. „Start“ drücken.</numerusform>
            <numerusform>%n Dateien sind vom letzten Mal übrig. „Start“ drücken.</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>No file is finished yet.</source>
        <translation>Noch keine Datei ist fertig.</translation>
    </message>
    <message numerus="yes">
        <source>{} of %n file(s) done</source>
        <translation>
            <numerusform>{} von %n Datei fertig</numerusform>
            <numerusform>{} von %n Dateien fertig</numerusform>
        </translation>
    </message>
    <message>
        <source>, {} failed</source>
        <translation>, {} fehlgeschlagen</translation>
    </message>
    <message>
        <source>, about {} left for all</source>
        <translation>, noch etwa {} für alle</translation>
    </message>
    <message>
        <source>Delete the session {}? The names and markers that were set in it go with it.</source>
        <translation>Die Sitzung {} löschen? Die Namen und Marker, die darin gesetzt wurden, gehen mit verloren.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) not analysed yet.</source>
        <translation>
            <numerusform>%n Datei ist noch nicht analysiert.</numerusform>
            <numerusform>%n Dateien sind noch nicht analysiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is done is kept; the list comes back at the next start, to go on.</source>
        <translation>Was fertig ist, bleibt erhalten; beim nächsten Start ist die Liste wieder da und kann fortgesetzt werden.</translation>
    </message>
</context>
<context>
    <name>AnalyseStart</name>
    <message>
        <source>What should be analysed?</source>
        <translation>Was soll analysiert werden?</translation>
    </message>
    <message>
        <source>Or drop them here. Each file becomes a session: a table with a row for every face in every frame, to review here or to open in other programs. You may close Mien at any time: the list comes back, and goes on where it stopped.</source>
        <translation>Oder hier ablegen. Aus jeder Datei wird eine Sitzung: eine Tabelle mit einer Zeile für jedes Gesicht in jedem Einzelbild, zur Durchsicht hier oder für andere Programme. Mien darf jederzeit geschlossen werden: Die Liste kommt wieder und geht weiter, wo sie stehen blieb.</translation>
    </message>
</context>
<context>
    <name>BalancingView</name>
    <message>
        <source>Before balancing</source>
        <translation>Vor dem Ausgleich</translation>
    </message>
    <message>
        <source>The model corrects a doubtful prediction by learned examples (anchors). Bars show the prediction after that, or before; the fine line marks the other one, of this frame</source>
        <translation>Das Modell berichtigt eine zweifelhafte Vorhersage anhand gelernter Beispiele (Anker). Die Balken zeigen die Vorhersage danach oder davor; der feine Strich markiert die jeweils andere, für dieses Einzelbild</translation>
    </message>
    <message>
        <source>Classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>Anchors</source>
        <translation>Anker</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
</context>
<context>
    <name>BaselineController</name>
    <message>
        <source>Keep a neutral face: {} s</source>
        <translation>Neutral schauen: {} s</translation>
    </message>
    <message>
        <source>◆ baseline, + and − the change from it</source>
        <translation>◆ Baseline, + und − die Änderung dagegen</translation>
    </message>
    <message>
        <source>Cancel baseline</source>
        <translation>Baseline abbrechen</translation>
    </message>
    <message>
        <source>Remove baseline</source>
        <translation>Baseline entfernen</translation>
    </message>
    <message>
        <source>Set baseline</source>
        <translation>Baseline setzen</translation>
    </message>
    <message>
        <source>A baseline takes {} s of a face at rest, and this is a picture.</source>
        <translation>Eine Baseline braucht {} s lang ein Gesicht in Ruhe, und dies ist ein Bild.</translation>
    </message>
    <message>
        <source>There is no face in view.</source>
        <translation>Es ist kein Gesicht im Bild.</translation>
    </message>
    <message>
        <source>Person {} was not seen for {} s, so no baseline is set. Try again while the face is in view.</source>
        <translation>Person {} war {} s lang nicht zu sehen, daher wird keine Baseline gesetzt. Noch einmal versuchen, während das Gesicht im Bild ist.</translation>
    </message>
</context>
<context>
    <name>BigReading</name>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
</context>
<context>
    <name>CameraControl</name>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>{} fps</source>
        <translation>{} Bilder/s</translation>
    </message>
    <message>
        <source>A recording is of one size: stop it first.</source>
        <translation>Eine Aufnahme hat nur eine Größe: zuerst beenden.</translation>
    </message>
    <message>
        <source>Open one first.</source>
        <translation>Zuerst eine öffnen.</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Something is not saved yet, and may be lost.</source>
        <translation>Etwas ist noch nicht gespeichert und kann verloren gehen.</translation>
    </message>
    <message>
        <source>What was changed is being saved; Mien closes then.</source>
        <translation>Was geändert wurde, wird gespeichert; dann schließt sich Mien.</translation>
    </message>
    <message>
        <source>Close Mien?</source>
        <translation>Mien schließen?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>Classified as labelled: {}</source>
        <translation>Wie im Label klassifiziert: {}</translation>
    </message>
    <message>
        <source>Rows: the label. Columns: the prediction, in percent of the row.</source>
        <translation>Zeilen: das Label. Spalten: die Vorhersage, in Prozent der Zeile.</translation>
    </message>
</context>
<context>
    <name>DataStep</name>
    <message>
        <source>Double click or Enter leaves a picture out (×), or uses it again</source>
        <translation>Doppelklick oder Eingabe lässt ein Bild weg (×) oder nimmt es wieder auf</translation>
    </message>
    <message>
        <source>Classes, and their names in the model</source>
        <translation>Klassen und ihre Namen im Modell</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>Bitte prüfen</translation>
    </message>
    <message>
        <source>Show the pictures of {}</source>
        <translation>Die Bilder von {} zeigen</translation>
    </message>
    <message>
        <source>(leave out)</source>
        <translation>(weglassen)</translation>
    </message>
    <message>
        <source>Name of {} in the model</source>
        <translation>Name von {} im Modell</translation>
    </message>
    <message>
        <source>An expression that Mien knows, or a word of your own. &apos;(leave out)&apos; uses none of these pictures</source>
        <translation>Ein Gesichtsausdruck, den Mien kennt, oder ein eigenes Wort. Bei „(weglassen)“ wird keines dieser Bilder verwendet</translation>
    </message>
    <message>
        <source>Show: {}</source>
        <translation>Zeigen: {}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>weglassen</translation>
    </message>
    <message>
        <source>Leave out: {}</source>
        <translation>Weglassen: {}</translation>
    </message>
    <message>
        <source>Use one of each, and leave out its copies</source>
        <translation>Je ein Bild verwenden und seine Kopien weglassen</translation>
    </message>
    <message>
        <source>Use these pictures neither for training nor for validation</source>
        <translation>Diese Bilder weder zum Training noch zur Validierung verwenden</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of {}</source>
        <translation>
            <numerusform>%n Bild von {}</numerusform>
            <numerusform>%n Bilder von {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Draft</name>
    <message>
        <source>At least two classes are needed. Give another one a name.</source>
        <translation>Mindestens zwei Klassen werden gebraucht. Bitte einer weiteren einen Namen geben.</translation>
    </message>
</context>
<context>
    <name>EvidenceDialog</name>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Whose face, and where it is from</source>
        <translation>Wessen Gesicht, und woher es stammt</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Gesichtsausdruck</translation>
    </message>
    <message>
        <source>The expression that parts of the face speak for or against</source>
        <translation>Der Ausdruck, für oder gegen den Teile des Gesichts sprechen</translation>
    </message>
    <message>
        <source>The face</source>
        <translation>Das Gesicht</translation>
    </message>
    <message>
        <source>The parts that speak for or against it</source>
        <translation>Die Teile, die dafür oder dagegen sprechen</translation>
    </message>
    <message>
        <source>What the picture says</source>
        <translation>Was das Bild sagt</translation>
    </message>
    <message>
        <source>This shows what the model reacts to, not what the person feels. One part after another was blurred and the face classified again; parts that only count together may stay without colour.</source>
        <translation>Gezeigt wird, worauf das Modell reagiert, nicht, was die Person fühlt. Ein Teil nach dem anderen wurde unscharf gemacht und das Gesicht neu klassifiziert; Teile, die nur zusammen zählen, bleiben womöglich ohne Farbe.</translation>
    </message>
    <message>
        <source>What was saved</source>
        <translation>Was gespeichert wurde</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save these pictures as a PNG file</source>
        <translation>Diese Bilder als PNG-Datei speichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this window (Esc)</source>
        <translation>Dieses Fenster schließen (Esc)</translation>
    </message>
    <message>
        <source>What speaks for</source>
        <translation>Was dafür spricht:</translation>
    </message>
    <message>
        <source>The face as the model gets it</source>
        <translation>Das Gesicht, wie es das Modell bekommt</translation>
    </message>
    <message>
        <source>Orange speaks for it, blue against it</source>
        <translation>Orange spricht dafür, Blau dagegen</translation>
    </message>
    <message>
        <source>Covering one part of the face after another...</source>
        <translation>Ein Teil des Gesichts nach dem anderen wird verdeckt...</translation>
    </message>
    <message>
        <source>Nothing is found yet.</source>
        <translation>Noch ist nichts gefunden.</translation>
    </message>
    <message>
        <source>covering the orange parts lowers &apos;{}&apos; by up to {}</source>
        <translation>werden die orangen Teile verdeckt, sinkt „{}“ um bis zu {}</translation>
    </message>
    <message>
        <source>covering the blue parts raises &apos;{}&apos; by up to {}</source>
        <translation>werden die blauen Teile verdeckt, steigt „{}“ um bis zu {}</translation>
    </message>
    <message>
        <source>Covering any one part changes &apos;{}&apos; by less than a point.</source>
        <translation>Wird nur ein einzelner Teil verdeckt, ändert sich „{}“ um weniger als einen Prozentpunkt.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>; </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n Prozentpunkt</numerusform>
            <numerusform>%n Prozentpunkte</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved: {}</source>
        <translation>Gespeichert: {}</translation>
    </message>
</context>
<context>
    <name>EvidenceScale</name>
    <message>
        <source>Scale</source>
        <translation>Skala</translation>
    </message>
    <message>
        <source>By how many percentage points covering a part lowers or raises the probability</source>
        <translation>Um wie viele Prozentpunkte das Verdecken eines Teils die Wahrscheinlichkeit senkt oder hebt</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n %-Punkt</numerusform>
            <numerusform>%n %-Punkte</numerusform>
        </translation>
    </message>
    <message>
        <source>+{}
for it</source>
        <translation>+{}
dafür</translation>
    </message>
    <message>
        <source>against it
−{}</source>
        <translation>dagegen
−{}</translation>
    </message>
</context>
<context>
    <name>ExportCard</name>
    <message>
        <source>Save every prediction as a CSV table ({})</source>
        <translation>Jede Vorhersage als CSV-Tabelle speichern ({})</translation>
    </message>
    <message>
        <source>Rows...</source>
        <translation>Zeilen...</translation>
    </message>
    <message>
        <source>Save the timeline as a PNG or SVG picture ({})</source>
        <translation>Die Zeitleiste als PNG- oder SVG-Bild speichern ({})</translation>
    </message>
    <message>
        <source>Plot...</source>
        <translation>Grafik...</translation>
    </message>
    <message>
        <source>Save the video as MP4 ({})</source>
        <translation>Das Video als MP4 speichern ({})</translation>
    </message>
    <message>
        <source>Clip...</source>
        <translation>Clip...</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Files for other programs</source>
        <translation>Dateien für andere Programme</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Draw them into the clip</source>
        <translation>In den Clip einzeichnen</translation>
    </message>
    <message>
        <source>Clip: boxes and expressions</source>
        <translation>Clip: Rahmen und Ausdrücke</translation>
    </message>
    <message>
        <source>More files</source>
        <translation>Mehr Dateien</translation>
    </message>
    <message>
        <source>Clip: whose face is blurred</source>
        <translation>Clip: wessen Gesicht unkenntlich ist</translation>
    </message>
    <message>
        <source>Whose face is blurred in the clip so that nobody can recognise it</source>
        <translation>Wessen Gesicht im Clip so unscharf wird, dass niemand es erkennen kann</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unkenntlich</translation>
    </message>
    <message>
        <source>Progress of the clip</source>
        <translation>Fortschritt des Clips</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop, and keep nothing of the clip</source>
        <translation>Anhalten und nichts vom Clip behalten</translation>
    </message>
    <message>
        <source>Export the range</source>
        <translation>Bereich exportieren</translation>
    </message>
    <message>
        <source>Export the whole session</source>
        <translation>Ganze Sitzung exportieren</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Everybody but {}</source>
        <translation>Alle außer {}</translation>
    </message>
    <message>
        <source>Another export is being written.</source>
        <translation>Ein anderer Export läuft noch.</translation>
    </message>
    <message>
        <source>Open a session first.</source>
        <translation>Zuerst eine Sitzung öffnen.</translation>
    </message>
    <message>
        <source>Expressions and markers as events</source>
        <translation>Ausdrücke und Marker als Ereignisse</translation>
    </message>
    <message>
        <source>Samples at an even rate</source>
        <translation>Werte in gleichem Abstand</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>What the columns mean</source>
        <translation>Was die Spalten bedeuten</translation>
    </message>
    <message>
        <source>Annotations for ELAN</source>
        <translation>Annotationen für ELAN</translation>
    </message>
    <message>
        <source>Annotations for Praat</source>
        <translation>Annotationen für Praat</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
</context>
<context>
    <name>ExportWorker</name>
    <message numerus="yes">
        <source>%n row(s) saved: {}</source>
        <translation>
            <numerusform>%n Zeile gespeichert: {}</numerusform>
            <numerusform>%n Zeilen gespeichert: {}</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved: {}</source>
        <translation>Gespeichert: {}</translation>
    </message>
</context>
<context>
    <name>FacesPanel</name>
    <message>
        <source>Everybody in view</source>
        <translation>Alle im Bild</translation>
    </message>
    <message>
        <source>A click selects a person; [ and ] go to the previous and next one</source>
        <translation>Ein Klick wählt eine Person; [ und ] gehen zur vorigen und nächsten</translation>
    </message>
    <message>
        <source>Person {}</source>
        <translation>Person {}</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>What the training is of</source>
        <translation>Woraus gelernt wird</translation>
    </message>
    <message>
        <source>faces, already cut out</source>
        <translation>Gesichter, schon ausgeschnitten</translation>
    </message>
    <message>
        <source>whole pictures: find the faces</source>
        <translation>ganze Bilder: Gesichter suchen</translation>
    </message>
    <message>
        <source>What the pictures are</source>
        <translation>Was die Bilder zeigen</translation>
    </message>
    <message>
        <source>In whole pictures, faces are found and aligned as they are for a prediction</source>
        <translation>In ganzen Bildern werden Gesichter gefunden und ausgerichtet wie für eine Vorhersage</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Go back to the start; a training that is running goes on</source>
        <translation>Zurück zum Anfang; ein laufendes Training geht weiter</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Save and stop; the training can go on later</source>
        <translation>Speichern und anhalten; das Training kann später weitergehen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Go on</source>
        <comment>to the next step</comment>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Another training is running: wait until it ends, or stop it</source>
        <translation>Ein anderes Training läuft: sein Ende abwarten oder es anhalten</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>LabelBar</name>
    <message>
        <source>The face that will be saved</source>
        <translation>Das Gesicht, das gespeichert wird</translation>
    </message>
    <message>
        <source>Label, such as confused</source>
        <translation>Label, etwa verwirrt</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>What this face shows; Enter saves it, Esc closes the bar</source>
        <translation>Was dieses Gesicht zeigt; Eingabe speichert es, Esc schließt die Leiste</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save nothing (Esc)</source>
        <translation>Nichts speichern (Esc)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What was saved</source>
        <translation>Was gespeichert wurde</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take this face out of the dataset again</source>
        <translation>Dieses Gesicht wieder aus dem Datensatz nehmen</translation>
    </message>
    <message>
        <source>This face is saved.</source>
        <translation>Dieses Gesicht ist gespeichert.</translation>
    </message>
    <message>
        <source>Folder of the dataset</source>
        <translation>Ordner des Datensatzes</translation>
    </message>
    <message>
        <source>In {}</source>
        <translation>In {}</translation>
    </message>
    <message>
        <source>Faces are saved in {}. Choose another folder</source>
        <translation>Gesichter werden in {} gespeichert. Einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>Write this picture into {} (Enter)</source>
        <translation>Dieses Bild in {} schreiben (Eingabe)</translation>
    </message>
    <message>
        <source>{} px</source>
        <translation>{} px</translation>
    </message>
    <message>
        <source>Saved as {} ({})</source>
        <translation>Gespeichert als {} ({})</translation>
    </message>
    <message>
        <source>No longer saved as {}</source>
        <translation>Nicht mehr gespeichert als {}</translation>
    </message>
</context>
<context>
    <name>LastMinute</name>
    <message>
        <source>Last minute</source>
        <translation>Letzte Minute</translation>
    </message>
    <message>
        <source>The last minute will appear here.</source>
        <translation>Hier erscheint die letzte Minute.</translation>
    </message>
    <message>
        <source>A picture has no last minute.</source>
        <translation>Ein Bild hat keine letzte Minute.</translation>
    </message>
    <message>
        <source>Person {}</source>
        <translation>Person {}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>-{} s</source>
        <translation>-{} s</translation>
    </message>
</context>
<context>
    <name>LiveActions</name>
    <message>
        <source>Record video and predictions of a live source</source>
        <translation>Video und Vorhersagen einer Live-Quelle aufnehmen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>Hold the picture (Space)</source>
        <translation>Das Bild anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Previous person</source>
        <translation>Vorige Person</translation>
    </message>
    <message>
        <source>Next person</source>
        <translation>Nächste Person</translation>
    </message>
    <message>
        <source>Five seconds of this person&apos;s face at rest. Afterwards the change from it is shown: a difference of what the model predicts, not of what is felt</source>
        <translation>Fünf Sekunden vom ruhenden Gesicht dieser Person. Danach wird die Änderung dagegen gezeigt: ein Unterschied in dem, was das Modell vorhersagt, nicht in dem, was gefühlt wird</translation>
    </message>
    <message>
        <source>Set baseline</source>
        <translation>Baseline setzen</translation>
    </message>
    <message>
        <source>Which parts of the selected face speak for its expression</source>
        <translation>Welche Teile des gewählten Gesichts für seinen Ausdruck sprechen</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Save the selected face under a label, to train a model with; you see it before it is written</source>
        <translation>Das gewählte Gesicht unter einem Label speichern, um ein Modell damit zu trainieren; es ist zu sehen, bevor es geschrieben wird</translation>
    </message>
    <message>
        <source>Add to dataset</source>
        <translation>Zum Datensatz</translation>
    </message>
    <message>
        <source>Save the selected face</source>
        <translation>Das gewählte Gesicht speichern</translation>
    </message>
    <message>
        <source>Copy the selected face</source>
        <translation>Das gewählte Gesicht kopieren</translation>
    </message>
    <message>
        <source>Save what the resizer does to each face in view</source>
        <translation>Speichern, was der Resizer aus jedem Gesicht im Bild macht</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Schnappschuss</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Enlarge the picture</source>
        <translation>Das Bild vergrößern</translation>
    </message>
    <message>
        <source>Make the picture smaller</source>
        <translation>Das Bild verkleinern</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>A large, sparse view for an audience, on the second screen where there is one</source>
        <translation>Eine große, einfache Ansicht für ein Publikum, auf dem zweiten Bildschirm, wenn es einen gibt</translation>
    </message>
    <message>
        <source>Second screen</source>
        <translation>Zweiter Bildschirm</translation>
    </message>
    <message>
        <source>Smoothing, thresholds, mirror</source>
        <translation>Glättung, Schwellen, Spiegelung</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Open a camera or the demo first.</source>
        <translation>Zuerst eine Kamera oder die Demo öffnen.</translation>
    </message>
    <message>
        <source>There is no face in view.</source>
        <translation>Es ist kein Gesicht im Bild.</translation>
    </message>
    <message>
        <source>How accurate each is, how fast here, and how large</source>
        <translation>Wie genau jedes ist, wie schnell hier und wie groß</translation>
    </message>
    <message>
        <source>All models...</source>
        <translation>Alle Modelle...</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>What it can and cannot do</source>
        <translation>Was es kann und was nicht</translation>
    </message>
</context>
<context>
    <name>LiveFaceActions</name>
    <message>
        <source>There is no face to add yet.</source>
        <translation>Noch gibt es kein Gesicht zum Hinzufügen.</translation>
    </message>
    <message>
        <source>Person {}</source>
        <translation>Person {}</translation>
    </message>
    <message>
        <source>There is no face to look into yet.</source>
        <translation>Noch gibt es kein Gesicht zum Untersuchen.</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Panels</source>
        <translation>Teilfenster</translation>
    </message>
    <message>
        <source>Opening...</source>
        <translation>Wird geöffnet...</translation>
    </message>
    <message>
        <source>A video has a pause of its own, below it.</source>
        <translation>Ein Video hat seine eigene Pause, unter dem Bild.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>Vollbild verlassen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>What is chosen holds until Mien is closed: {} cannot be written.</source>
        <translation>Was gewählt wird, gilt, bis Mien geschlossen wird: {} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
</context>
<context>
    <name>MarkerBar</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>What is to be seen here?</source>
        <translation>Was ist hier zu sehen?</translation>
    </message>
    <message>
        <source>Enter saves the marker, Esc changes nothing</source>
        <translation>Eingabe speichert den Marker, Esc ändert nichts</translation>
    </message>
    <message>
        <source>Set marker</source>
        <translation>Marker setzen</translation>
    </message>
    <message>
        <source>Save the marker with its note (Enter)</source>
        <translation>Den Marker mit seiner Notiz speichern (Eingabe)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the marker and its note</source>
        <translation>Den Marker samt Notiz entfernen</translation>
    </message>
    <message>
        <source>Change nothing (Esc)</source>
        <translation>Nichts ändern (Esc)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Marker at {}</source>
        <translation>Marker bei {}</translation>
    </message>
</context>
<context>
    <name>MarkerControl</name>
    <message>
        <source>Markers come from {}. They are kept while a recording runs.</source>
        <translation>Marker kommen von {}. Sie werden behalten, solange eine Aufnahme läuft.</translation>
    </message>
    <message>
        <source>{} sends no markers any more. It is waited for.</source>
        <translation>{} sendet keine Marker mehr. Es wird darauf gewartet.</translation>
    </message>
</context>
<context>
    <name>MarkersCard</name>
    <message>
        <source>Markers</source>
        <translation>Marker</translation>
    </message>
    <message>
        <source>A click goes there, Enter opens the note, Delete removes it</source>
        <translation>Ein Klick springt hin, Eingabe öffnet die Notiz, Entf entfernt sie</translation>
    </message>
    <message>
        <source>Note...</source>
        <translation>Notiz...</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open a session...</source>
        <translation>Sitzung öffnen...</translation>
    </message>
    <message>
        <source>Open a session beside...</source>
        <translation>Sitzung daneben öffnen...</translation>
    </message>
    <message>
        <source>Recent sessions</source>
        <translation>Zuletzt geöffnete Sitzungen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Panels as at first</source>
        <translation>Teilfenster wie am Anfang</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>Dokumentation</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>About Mien</source>
        <translation>Über Mien</translation>
    </message>
    <message>
        <source>There is no log: nothing unexpected has happened.</source>
        <translation>Es gibt kein Protokoll: Nichts Unerwartetes ist geschehen.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>The model &apos;{}&apos; is there no more: &apos;{}&apos; is used instead.</source>
        <translation>Das Modell „{}“ gibt es nicht mehr: Stattdessen wird „{}“ verwendet.</translation>
    </message>
    <message>
        <source>{}
Classifies {} of {} faces as labelled ({}; 95% interval)</source>
        <translation>{}
Klassifiziert {} von {} Gesichtern, wie es das Label sagt ({}; 95-%-Intervall)</translation>
    </message>
</context>
<context>
    <name>ModelsList</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>Tempo hier</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Use on Live</source>
        <translation>Auf Live verwenden</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>Tempo messen</translation>
    </message>
    <message>
        <source>Takes some ten seconds. What runs meanwhile slows it down, also a source on Live</source>
        <translation>Dauert etwa zehn Sekunden. Was währenddessen läuft, bremst, auch eine Quelle auf Live</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>What it can and cannot do</source>
        <translation>Was es kann und was nicht</translation>
    </message>
    <message>
        <source>{} (in use)</source>
        <translation>{} (in Gebrauch)</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>{} MB</source>
        <translation>{} MB</translation>
    </message>
    <message>
        <source>{} ms with six faces; {}, {}, 640x480</source>
        <translation>{} ms mit sechs Gesichtern; {}, {}, 640x480</translation>
    </message>
    <message>
        <source>Accuracy (95% interval)</source>
        <translation>Genauigkeit (95-%-Intervall)</translation>
    </message>
    <message>
        <source>measuring...</source>
        <translation>wird gemessen...</translation>
    </message>
    <message>
        <source>This one cannot be used.</source>
        <translation>Dieses ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>It is in use.</source>
        <translation>Es ist in Gebrauch.</translation>
    </message>
    <message>
        <source>One is being measured.</source>
        <translation>Eines wird gerade gemessen.</translation>
    </message>
    <message>
        <source>Measured on {} faces: {}.</source>
        <translation>Gemessen an {} Gesichtern: {}.</translation>
    </message>
</context>
<context>
    <name>MomentCard</name>
    <message>
        <source>Moment</source>
        <translation>Augenblick</translation>
    </message>
    <message>
        <source>Probabilities at the playhead</source>
        <translation>Wahrscheinlichkeiten an der Abspielposition</translation>
    </message>
    <message>
        <source>Bar: at the playhead. Fine line: under the pointer on the timeline.</source>
        <translation>Balken: an der Abspielposition. Feiner Strich: unter dem Zeiger auf der Zeitleiste.</translation>
    </message>
    <message>
        <source>{} at {}</source>
        <translation>{} bei {}</translation>
    </message>
    <message>
        <source>: not in view</source>
        <translation>: nicht im Bild</translation>
    </message>
    <message>
        <source>, line: {}</source>
        <translation>, Strich: {}</translation>
    </message>
    <message>
        <source>Head: {}</source>
        <translation>Kopf: {}</translation>
    </message>
    <message>
        <source>Eyes open {} and {}, mouth {}</source>
        <translation>Augen offen {} und {}, Mund {}</translation>
    </message>
</context>
<context>
    <name>OptionsBar</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model for the files that are added from now on</source>
        <translation>Das Modell für die Dateien, die von jetzt an hinzugefügt werden</translation>
    </message>
    <message>
        <source>Every frame, or fewer to get through long recordings sooner</source>
        <translation>Jedes Einzelbild oder weniger, um lange Aufnahmen schneller zu schaffen</translation>
    </message>
    <message>
        <source>Frames to analyse</source>
        <translation>Zu analysierende Einzelbilder</translation>
    </message>
    <message>
        <source>every frame</source>
        <translation>jedes Einzelbild</translation>
    </message>
    <message>
        <source>one frame in {}</source>
        <translation>jedes {}. Einzelbild</translation>
    </message>
    <message>
        <source>For videos in which people lie on their side</source>
        <translation>Für Videos, in denen Menschen auf der Seite liegen</translation>
    </message>
    <message>
        <source>Turn the pictures</source>
        <translation>Die Bilder drehen</translation>
    </message>
    <message>
        <source>turned by {}°</source>
        <translation>um {}° gedreht</translation>
    </message>
    <message>
        <source>not turned</source>
        <translation>nicht gedreht</translation>
    </message>
    <message>
        <source>Whose column names faces.csv has, so that the tool&apos;s own scripts read it</source>
        <translation>Welche Spaltennamen faces.csv bekommt, damit die Skripte des jeweiligen Programms sie lesen</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>Spalten der Tabelle</translation>
    </message>
    <message>
        <source>{} columns</source>
        <translation>Spalten: {}</translation>
    </message>
    <message>
        <source>Annotated video</source>
        <translation>Annotiertes Video</translation>
    </message>
    <message>
        <source>Also write each video with boxes and expressions into its session</source>
        <translation>Zu jeder Sitzung auch das Video mit Rahmen und Ausdrücken schreiben</translation>
    </message>
    <message>
        <source>Head pose</source>
        <translation>Kopfhaltung</translation>
    </message>
    <message>
        <source>Also measure where heads point, blinks, and how far eyes and mouth are open</source>
        <translation>Auch messen, wohin Köpfe zeigen, Lidschläge und wie weit Augen und Mund geöffnet sind</translation>
    </message>
    <message>
        <source>Also write each video with blurred faces, so that nobody can be recognised, into its session</source>
        <translation>Zu jeder Sitzung auch das Video mit unscharfen Gesichtern schreiben, damit niemand zu erkennen ist</translation>
    </message>
    <message>
        <source>Blurred video</source>
        <translation>Unkenntliches Video</translation>
    </message>
    <message>
        <source>no blurred video</source>
        <translation>kein unkenntliches Video</translation>
    </message>
    <message>
        <source>blur everybody</source>
        <translation>alle unkenntlich</translation>
    </message>
    <message>
        <source>blur all but person 1</source>
        <translation>alle außer Person 1 unkenntlich</translation>
    </message>
</context>
<context>
    <name>PastMessages</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show {} in its folder</source>
        <translation>{} im Ordner zeigen</translation>
    </message>
    <message>
        <source>There was no message yet.</source>
        <translation>Noch gab es keine Meldung.</translation>
    </message>
</context>
<context>
    <name>PeopleCard</name>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Double click or F2 to rename; select two people with {} to merge them ({})</source>
        <translation>Doppelklick oder F2 zum Umbenennen; zwei Personen mit {} wählen, um sie zu vereinen ({})</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Give the person a name</source>
        <translation>Der Person einen Namen geben</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Vereinen</translation>
    </message>
    <message>
        <source>Make one person of the selected ones</source>
        <translation>Aus den gewählten Personen eine machen</translation>
    </message>
    <message>
        <source>Make somebody else of this person from the playhead on</source>
        <translation>Diese Person ab der Abspielposition zu jemand anderem machen</translation>
    </message>
    <message>
        <source>Split here</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Time in view</source>
        <translation>Zeit im Bild</translation>
    </message>
    <message>
        <source>Select a person first.</source>
        <translation>Zuerst eine Person wählen.</translation>
    </message>
    <message>
        <source>Select two people first, with {}.</source>
        <translation>Zuerst zwei Personen wählen, mit {}.</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Selected person</source>
        <translation>Gewählte Person</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>Noch niemand</translation>
    </message>
    <message>
        <source>Open a source to begin.</source>
        <translation>Zum Beginnen eine Quelle öffnen.</translation>
    </message>
    <message>
        <source>Which parts of the face speak for this (E)</source>
        <translation>Welche Teile des Gesichts dafür sprechen (E)</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Head, eyes and mouth</source>
        <translation>Kopf, Augen und Mund</translation>
    </message>
    <message>
        <source>Come closer or add light.</source>
        <translation>Näher kommen oder mehr Licht machen.</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>Kein Gesicht</translation>
    </message>
    <message>
        <source>There is no face in view.</source>
        <translation>Es ist kein Gesicht im Bild.</translation>
    </message>
    <message>
        <source>face of {} px</source>
        <translation>Gesicht von {} px</translation>
    </message>
    <message>
        <source>{} in view</source>
        <translation>{} im Bild</translation>
    </message>
    <message>
        <source>Person {}</source>
        <translation>Person {}</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Eyes open {} and {}, mouth {}</source>
        <translation>Augen offen {} und {}, Mund {}</translation>
    </message>
    <message>
        <source>Head: {}</source>
        <translation>Kopf: {}</translation>
    </message>
</context>
<context>
    <name>PlaybackBar</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>Abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Begin again at the end</source>
        <translation>Am Ende von vorn beginnen</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
</context>
<context>
    <name>PoseLegend</name>
    <message>
        <source>What the lines mean</source>
        <translation>Bedeutung der Linien</translation>
    </message>
    <message>
        <source>yaw</source>
        <translation>Gieren</translation>
    </message>
    <message>
        <source>pitch</source>
        <translation>Nicken</translation>
    </message>
    <message>
        <source>roll</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>blinks</source>
        <translation>Lidschläge</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Open the session on the Review page</source>
        <translation>Die Sitzung auf der Seite „Durchsicht“ öffnen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Analyse this file again</source>
        <translation>Diese Datei erneut analysieren</translation>
    </message>
    <message>
        <source>Turn the pictures so that the faces are upright, and analyse this file again</source>
        <translation>Die Bilder drehen, sodass die Gesichter aufrecht sind, und diese Datei erneut analysieren</translation>
    </message>
    <message>
        <source>Turn and analyse again</source>
        <translation>Drehen und erneut analysieren</translation>
    </message>
    <message>
        <source>Stop this file; what is not finished of it is not kept</source>
        <translation>Diese Datei abbrechen; was von ihr nicht fertig ist, wird nicht behalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Take this file off the list; its session stays on the disk</source>
        <translation>Diese Datei aus der Liste nehmen; ihre Sitzung bleibt auf der Festplatte</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Delete the session that is there, and analyse this file</source>
        <translation>Die vorhandene Sitzung löschen und diese Datei analysieren</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Erneut analysieren</translation>
    </message>
    <message>
        <source>Keep the session that is there, and analyse this file into a folder beside it</source>
        <translation>Die vorhandene Sitzung behalten und diese Datei in einen Ordner daneben analysieren</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Beide behalten</translation>
    </message>
    <message>
        <source>Open the session that is there on the Review page</source>
        <translation>Die vorhandene Sitzung auf der Seite „Durchsicht“ öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>{} was analysed before: with another model or other options, from another file, or from this one before it was changed.</source>
        <translation>{} wurde schon analysiert: mit einem anderen Modell oder anderen Optionen, aus einer anderen Datei oder aus dieser, bevor sie geändert wurde.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Already analysed</source>
        <translation>Schon analysiert</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>{} of {} faces, the largest</source>
        <translation>{} von {} Gesichtern, die größten</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n Einzelbild</numerusform>
            <numerusform>%n Einzelbilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Most faces lie turned by {}°</source>
        <translation>Die meisten Gesichter liegen um {}° gedreht</translation>
    </message>
    <message>
        <source>Writing the video: {}</source>
        <translation>Das Video wird geschrieben: {}</translation>
    </message>
    <message>
        <source>Loading the model...</source>
        <translation>Das Modell wird geladen...</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>{} frames/s</source>
        <translation>{} Bilder/s</translation>
    </message>
    <message>
        <source>{} left</source>
        <translation>noch {}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>{}. It is recording</source>
        <translation>{}. Die Aufnahme läuft</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>The recording ends and is saved; it stands in the list of sessions on the Review page.</source>
        <translation>Die Aufnahme endet und wird gespeichert; sie steht in der Liste der Sitzungen auf der Seite „Durchsicht“.</translation>
    </message>
    <message>
        <source>Open a camera or the demo first.</source>
        <translation>Zuerst eine Kamera oder die Demo öffnen.</translation>
    </message>
    <message>
        <source>This source is a file: the Analyse page makes a session of it.</source>
        <translation>Diese Quelle ist eine Datei: Die Seite „Analyse“ macht daraus eine Sitzung.</translation>
    </message>
    <message>
        <source>Wait until its picture and the model are there.</source>
        <translation>Warten, bis Bild und Modell da sind.</translation>
    </message>
    <message>
        <source>It is being started.</source>
        <translation>Sie wird gerade gestartet.</translation>
    </message>
    <message>
        <source>Recorded {} s into {}.</source>
        <translation>{} s aufgenommen in {}.</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) dropped: the disk was too slow.</source>
        <translation>
            <numerusform>%n Einzelbild ausgelassen: Die Festplatte war zu langsam.</numerusform>
            <numerusform>%n Einzelbilder ausgelassen: Die Festplatte war zu langsam.</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Stop  {}  {} MB</source>
        <translation>Stopp  {}  {} MB</translation>
    </message>
    <message>
        <source>Stop the recording (R)</source>
        <translation>Die Aufnahme beenden (R)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
</context>
<context>
    <name>ResizerCard</name>
    <message>
        <source>What the resizer does</source>
        <translation>Was der Resizer macht</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <translation>Bilinear</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>Gelernt</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Add to dataset</source>
        <translation>Zum Datensatz</translation>
    </message>
    <message>
        <source>Save this face under a label (L)</source>
        <translation>Dieses Gesicht unter einem Label speichern (L)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy these pictures ({})</source>
        <translation>Diese Bilder kopieren ({})</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save these pictures as a PNG file (S)</source>
        <translation>Diese Bilder als PNG-Datei speichern (S)</translation>
    </message>
    <message>
        <source>{}; full colour from a difference of {}</source>
        <translation>{}; volle Farbe ab einer Differenz von {}</translation>
    </message>
    <message>
        <source>There is no face in view.</source>
        <translation>Es ist kein Gesicht im Bild.</translation>
    </message>
</context>
<context>
    <name>ResultStep</name>
    <message>
        <source>Name of the new model</source>
        <translation>Name des neuen Modells</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Add it to your models, to be chosen wherever a model can be</source>
        <translation>Zu den eigenen Modellen legen, damit es überall gewählt werden kann</translation>
    </message>
    <message>
        <source>Use it live</source>
        <translation>Live verwenden</translation>
    </message>
    <message>
        <source>Use this model on the Live page</source>
        <translation>Dieses Modell auf der Seite „Live“ verwenden</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>Exportieren...</translation>
    </message>
    <message>
        <source>Save it as one file, to give to others</source>
        <translation>Als eine Datei speichern, zum Weitergeben</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete this training; the model stays if you have kept it</source>
        <translation>Dieses Training löschen; ein behaltenes Modell bleibt</translation>
    </message>
    <message>
        <source>Delete this training? Its model goes with it; if you kept it under a name, that one stays.</source>
        <translation>Dieses Training löschen? Sein Modell geht mit verloren; eines, das unter einem Namen behalten wurde, bleibt.</translation>
    </message>
    <message>
        <source>Model to compare with</source>
        <translation>Modell zum Vergleich</translation>
    </message>
    <message>
        <source>Let this model classify the same faces</source>
        <translation>Dieses Modell dieselben Gesichter klassifizieren lassen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>On the validation faces, compare with</source>
        <translation>Auf den Validierungsgesichtern vergleichen mit</translation>
    </message>
    <message>
        <source>It does not notice faces that are unlike those it learned from. For that, a training needs {} validation faces, and a model without reliability balancing.</source>
        <translation>Es bemerkt Gesichter nicht, die denen unähnlich sind, aus denen es lernte. Dazu braucht ein Training {} Validierungsgesichter und ein Modell ohne Zuverlässigkeitsausgleich.</translation>
    </message>
    <message>
        <source>It notices faces that are unlike those it learned from, and then says that it is not sure: {} of the validation faces are.</source>
        <translation>Es bemerkt Gesichter, die denen unähnlich sind, aus denen es lernte, und sagt dann, dass es unsicher ist: {} der Validierungsgesichter sind es.</translation>
    </message>
    <message>
        <source>classified as labelled</source>
        <translation>wie im Label klassifiziert</translation>
    </message>
    <message>
        <source>macro-F1</source>
        <translation>Makro-F1</translation>
    </message>
    <message>
        <source>calibration error (ECE)</source>
        <translation>Kalibrierungsfehler (ECE)</translation>
    </message>
    <message>
        <source>classified as labelled at {} px</source>
        <translation>wie im Label klassifiziert bei {} px</translation>
    </message>
    <message>
        <source>{}, n = {}</source>
        <translation>{}, n = {}</translation>
    </message>
    <message>
        <source>In brackets: 95% intervals (Wilson), for so few faces.</source>
        <translation>In Klammern: 95-%-Intervalle (Wilson), da es so wenige Gesichter sind.</translation>
    </message>
    <message>
        <source>It is kept under this name.</source>
        <translation>Es liegt unter diesem Namen bei den eigenen Modellen.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is now one of your models.</source>
        <translation>„{}“ gehört jetzt zu den eigenen Modellen.</translation>
    </message>
    <message>
        <source>Models of Mien (*{})</source>
        <translation>Modelle von Mien (*{})</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>Das Modell exportieren</translation>
    </message>
    <message>
        <source>Saved: {}. Others import it on their Train page.</source>
        <translation>Gespeichert: {}. Andere importieren es auf ihrer Seite „Training“.</translation>
    </message>
    <message>
        <source>Comparing...</source>
        <translation>Vergleich läuft...</translation>
    </message>
    <message>
        <source>The two models share fewer than two classes. Choose another one.</source>
        <translation>Die beiden Modelle haben weniger als zwei Klassen gemeinsam. Ein anderes wählen.</translation>
    </message>
</context>
<context>
    <name>ReviewActions</name>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>Abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Play the sound, at normal speed</source>
        <translation>Ton abspielen, bei normaler Geschwindigkeit</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>Ein Einzelbild zurück</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>Ein Einzelbild weiter</translation>
    </message>
    <message>
        <source>One second back</source>
        <translation>Eine Sekunde zurück</translation>
    </message>
    <message>
        <source>One second on</source>
        <translation>Eine Sekunde weiter</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Go to where the selected person&apos;s most probable expression changes</source>
        <translation>Dorthin gehen, wo der wahrscheinlichste Ausdruck der gewählten Person wechselt</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>Nächster Wechsel</translation>
    </message>
    <message>
        <source>Go back to where the selected person&apos;s most probable expression changed</source>
        <translation>Dorthin zurückgehen, wo der wahrscheinlichste Ausdruck der gewählten Person wechselte</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>Voriger Wechsel</translation>
    </message>
    <message>
        <source>Go to where the selected person&apos;s prediction becomes unsure, and say why</source>
        <translation>Dorthin gehen, wo die Vorhersage für die gewählte Person unsicher wird, und sagen, warum</translation>
    </message>
    <message>
        <source>Next unsure</source>
        <translation>Nächste Unsicherheit</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Marker</translation>
    </message>
    <message>
        <source>Write a note at this moment</source>
        <translation>Zu diesem Augenblick eine Notiz schreiben</translation>
    </message>
    <message>
        <source>Save the selected face under a label, to train a model on it; you see it before it is written</source>
        <translation>Das gewählte Gesicht unter einem Label speichern, um ein Modell damit zu trainieren; es ist zu sehen, bevor es geschrieben wird</translation>
    </message>
    <message>
        <source>Add to dataset</source>
        <translation>Zum Datensatz</translation>
    </message>
    <message>
        <source>Show which parts of the selected person&apos;s face speak for an expression</source>
        <translation>Zeigen, welche Teile des Gesichts der gewählten Person für einen Ausdruck sprechen</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Start the range here</source>
        <translation>Bereich hier beginnen</translation>
    </message>
    <message>
        <source>End the range here</source>
        <translation>Bereich hier beenden</translation>
    </message>
    <message>
        <source>Drop the range and look at the whole session</source>
        <translation>Den Bereich aufheben und die ganze Sitzung betrachten</translation>
    </message>
    <message>
        <source>Whole session</source>
        <translation>Ganze Sitzung</translation>
    </message>
    <message>
        <source>Take the range, or the next five seconds, as this person&apos;s face at rest, and show the change from it: a difference between predictions, not between feelings</source>
        <translation>Den Bereich oder die nächsten fünf Sekunden als ruhendes Gesicht dieser Person nehmen und die Änderung dagegen zeigen: einen Unterschied zwischen Vorhersagen, nicht zwischen Gefühlen</translation>
    </message>
    <message>
        <source>Set baseline</source>
        <translation>Baseline setzen</translation>
    </message>
    <message>
        <source>Show this person&apos;s predictions without a baseline</source>
        <translation>Die Vorhersagen dieser Person ohne Baseline zeigen</translation>
    </message>
    <message>
        <source>Remove baseline</source>
        <translation>Baseline entfernen</translation>
    </message>
    <message>
        <source>Previous person</source>
        <translation>Vorige Person</translation>
    </message>
    <message>
        <source>Next person</source>
        <translation>Nächste Person</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Show the whole timeline</source>
        <translation>Die ganze Zeitleiste zeigen</translation>
    </message>
    <message>
        <source>Let the lanes show where heads point, and blinks; or predictions again</source>
        <translation>In den Spuren Kopfhaltung und Lidschläge zeigen oder wieder Vorhersagen</translation>
    </message>
    <message>
        <source>Heads in the lanes</source>
        <translation>Köpfe in den Spuren</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take back the last change</source>
        <translation>Die letzte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Make the undone change again</source>
        <translation>Die zurückgenommene Änderung wiederherstellen</translation>
    </message>
</context>
<context>
    <name>ReviewFaceActions</name>
    <message>
        <source>There is no picture to take a face from. Open a session with its video.</source>
        <translation>Es gibt kein Bild, aus dem ein Gesicht genommen werden kann. Eine Sitzung mit ihrem Video öffnen.</translation>
    </message>
    <message>
        <source>The selected person</source>
        <translation>Die gewählte Person</translation>
    </message>
    <message>
        <source>{} is not in this picture. Move to one with this person.</source>
        <translation>{} ist nicht in diesem Bild. Zu einem mit dieser Person gehen.</translation>
    </message>
</context>
<context>
    <name>ReviewModel</name>
    <message>
        <source>The expression does not change any more after this.</source>
        <translation>Danach wechselt der Ausdruck nicht mehr.</translation>
    </message>
    <message>
        <source>The expression does not change before this.</source>
        <translation>Davor wechselt der Ausdruck nicht.</translation>
    </message>
    <message>
        <source>Not sure: {}</source>
        <translation>Unsicher: {}</translation>
    </message>
    <message>
        <source>No prediction after this becomes unsure.</source>
        <translation>Danach wird keine Vorhersage unsicher.</translation>
    </message>
    <message>
        <source>Move to where the person is in view both before and after, then split.</source>
        <translation>Dorthin gehen, wo die Person davor und danach im Bild ist, und dann trennen.</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Open a session folder</source>
        <translation>Einen Sitzungsordner öffnen</translation>
    </message>
    <message>
        <source>Export rows</source>
        <translation>Zeilen exportieren</translation>
    </message>
    <message>
        <source>Export a plot</source>
        <translation>Eine Grafik exportieren</translation>
    </message>
    <message>
        <source>Export a clip</source>
        <translation>Einen Clip exportieren</translation>
    </message>
    <message>
        <source>Open a session beside</source>
        <translation>Sitzung daneben öffnen</translation>
    </message>
    <message>
        <source>The export is stopped, and nothing of it is kept.</source>
        <translation>Der Export ist abgebrochen; nichts davon bleibt.</translation>
    </message>
    <message>
        <source>The note that is being written is not kept.</source>
        <translation>Die Notiz, die gerade geschrieben wird, geht verloren.</translation>
    </message>
    <message>
        <source>{} was changed after it was analysed: boxes may be beside the faces. Analyse it again.</source>
        <translation>{} wurde nach der Analyse geändert: Rahmen liegen vielleicht neben den Gesichtern. Erneut analysieren.</translation>
    </message>
    <message>
        <source>No range is chosen: I and O do so.</source>
        <translation>Kein Bereich ist gewählt: I und O wählen einen.</translation>
    </message>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>Noch wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Nothing was undone.</source>
        <translation>Nichts wurde zurückgenommen.</translation>
    </message>
</context>
<context>
    <name>ReviewSound</name>
    <message>
        <source>Open a session first.</source>
        <translation>Zuerst eine Sitzung öffnen.</translation>
    </message>
    <message>
        <source>This video has no sound.</source>
        <translation>Dieses Video hat keinen Ton.</translation>
    </message>
</context>
<context>
    <name>ReviewStart</name>
    <message>
        <source>Open a session folder that is not in the list ({})</source>
        <translation>Einen Sitzungsordner öffnen, der nicht in der Liste steht ({})</translation>
    </message>
    <message>
        <source>Open a session folder...</source>
        <translation>Sitzungsordner öffnen...</translation>
    </message>
    <message>
        <source>What should be reviewed?</source>
        <translation>Was soll durchgesehen werden?</translation>
    </message>
    <message>
        <source>Sessions are looked for in {}.</source>
        <translation>Sitzungen werden in {} gesucht.</translation>
    </message>
    <message>
        <source>There is none yet: analyse a file, or record on the Live page.</source>
        <translation>Noch gibt es keine: eine Datei analysieren oder auf der Seite „Live“ aufnehmen.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them not finished.</source>
        <translation>
            <numerusform>%n davon ist nicht fertig.</numerusform>
            <numerusform>%n davon sind nicht fertig.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewVideo</name>
    <message>
        <source>The video is no longer at
{}
Put it back to see it. The predictions are still here.</source>
        <translation>Das Video ist nicht mehr unter
{}
Zum Ansehen dorthin zurücklegen. Die Vorhersagen sind noch da.</translation>
    </message>
    <message>
        <source>The video is on another computer:
{}
Mien asks it for nothing before you open a file of it.</source>
        <translation>Das Video liegt auf einem anderen Rechner:
{}
Mien fragt ihn erst, wenn hier eine Datei von ihm geöffnet wurde.</translation>
    </message>
    <message>
        <source>This session does not say where its video is. The predictions are still here.</source>
        <translation>Diese Sitzung gibt nicht an, wo ihr Video ist. Die Vorhersagen sind noch da.</translation>
    </message>
</context>
<context>
    <name>RunStep</name>
    <message>
        <source>State of the training</source>
        <translation>Stand des Trainings</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Loss (lower is better)</source>
        <translation>Verlust (niedriger ist besser)</translation>
    </message>
    <message>
        <source>Validation faces classified as labelled, %</source>
        <translation>Validierung: wie im Label klassifiziert, %</translation>
    </message>
    <message>
        <source>Label and prediction, % of each label</source>
        <translation>Label und Vorhersage, % je Label</translation>
    </message>
    <message>
        <source>Some validation faces, and what is predicted for them now</source>
        <translation>Einige Validierungsgesichter und was jetzt für sie vorhergesagt wird</translation>
    </message>
    <message>
        <source>Preparing...</source>
        <translation>Vorbereitung...</translation>
    </message>
    <message>
        <source>The training broke off. Press Go on to resume it from where it was last saved.</source>
        <translation>Das Training brach ab. „Fortsetzen“ drücken, um es vom letzten Speichern an weiterzuführen.</translation>
    </message>
    <message>
        <source>Stopped. What was learned so far is saved: press Go on to resume.</source>
        <translation>Angehalten. Was bisher gelernt wurde, ist gespeichert: Zum Weiterführen „Fortsetzen“ drücken.</translation>
    </message>
    <message>
        <source>Evaluating the new model...</source>
        <translation>Das neue Modell wird bewertet...</translation>
    </message>
    <message>
        <source>Round {} of {}</source>
        <translation>Runde {} von {}</translation>
    </message>
    <message>
        <source>, about {} left</source>
        <translation>, noch etwa {}</translation>
    </message>
    <message>
        <source>Labelled {}, predicted {} ({})</source>
        <translation>Label {}, Vorhersage {} ({})</translation>
    </message>
</context>
<context>
    <name>SecondScreen</name>
    <message>
        <source>Mien, second screen</source>
        <translation>Mien, zweiter Bildschirm</translation>
    </message>
    <message>
        <source>Video on the second screen</source>
        <translation>Video auf dem zweiten Bildschirm</translation>
    </message>
    <message>
        <source>Esc closes this view, F fills the screen.</source>
        <translation>Esc schließt diese Ansicht, F füllt den Bildschirm.</translation>
    </message>
    <message>
        <source>Choose a source in Mien&apos;s window.</source>
        <translation>Im Fenster von Mien eine Quelle wählen.</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>Kein Gesicht</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>Unsicher</translation>
    </message>
</context>
<context>
    <name>SecondSession</name>
    <message>
        <source>Second video</source>
        <translation>Zweites Video</translation>
    </message>
    <message>
        <source>Timeline of the second session</source>
        <translation>Zeitleiste der zweiten Sitzung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the second session</source>
        <translation>Zweite Sitzung schließen</translation>
    </message>
    <message>
        <source>Second session</source>
        <translation>Zweite Sitzung</translation>
    </message>
    <message>
        <source>Position in the second session</source>
        <translation>Position in der zweiten Sitzung</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Show the whole timeline</source>
        <translation>Die ganze Zeitleiste zeigen</translation>
    </message>
    <message>
        <source>{} (view only)</source>
        <translation>{} (nur ansehen)</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Entkoppeln</translation>
    </message>
    <message>
        <source>Let each video be moved by itself</source>
        <translation>Jedes Video für sich bewegen</translation>
    </message>
    <message>
        <source>Align here</source>
        <translation>Hier koppeln</translation>
    </message>
    <message>
        <source>What both videos show now is the same moment: move them together from here</source>
        <translation>Was beide Videos jetzt zeigen, ist derselbe Augenblick: von hier an gemeinsam bewegen</translation>
    </message>
    <message>
        <source>Time; in brackets, how much later than in the first video</source>
        <translation>Zeit; in Klammern, wie viel später als im ersten Video</translation>
    </message>
</context>
<context>
    <name>SendingControl</name>
    <message>
        <source>Stop sending</source>
        <translation>Nicht mehr senden</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>Sending: {}. Stop</source>
        <translation>Es wird gesendet: {}. Anhalten</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Open another session ({})</source>
        <translation>Eine andere Sitzung öffnen ({})</translation>
    </message>
    <message>
        <source>About the session</source>
        <translation>Über die Sitzung</translation>
    </message>
    <message>
        <source>All sessions</source>
        <translation>Alle Sitzungen</translation>
    </message>
    <message>
        <source>Open a session folder...</source>
        <translation>Sitzungsordner öffnen...</translation>
    </message>
    <message>
        <source>Open beside</source>
        <translation>Daneben öffnen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Opening {}...</source>
        <translation>{} wird geöffnet...</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n Person</numerusform>
            <numerusform>%n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>model {}</source>
        <translation>Modell {}</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Recording, not finished: open it to finish it</source>
        <translation>Aufnahme, nicht fertig: öffnen, um sie abzuschließen</translation>
    </message>
    <message>
        <source>Analysis, not finished: open it to go on</source>
        <translation>Analyse, nicht fertig: öffnen, um sie fortzusetzen</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Analysed</source>
        <translation>Analysiert</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open beside</source>
        <translation>Daneben öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>SessionTimeline</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>not in view</source>
        <translation>nicht im Bild</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Automatic (the fastest)</source>
        <translation>Automatisch (das Schnellste)</translation>
    </message>
    <message>
        <source>PyTorch on an NVIDIA GPU</source>
        <translation>PyTorch auf einer NVIDIA-GPU</translation>
    </message>
    <message>
        <source>OpenVINO on the CPU</source>
        <translation>OpenVINO auf der CPU</translation>
    </message>
    <message>
        <source>OpenVINO in bfloat16 (faster, less exact)</source>
        <translation>OpenVINO in bfloat16 (schneller, ungenauer)</translation>
    </message>
    <message>
        <source>PyTorch on the CPU</source>
        <translation>PyTorch auf der CPU</translation>
    </message>
    <message>
        <source>{}° clockwise</source>
        <translation>{}° im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Wie es ist</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Measured, the head&apos;s axes drawn</source>
        <translation>Gemessen, mit den Achsen des Kopfes</translation>
    </message>
    <message>
        <source>Show the picture as in a mirror</source>
        <translation>Das Bild wie im Spiegel zeigen</translation>
    </message>
    <message>
        <source>OSC (TouchDesigner, Max)</source>
        <translation>OSC (TouchDesigner, Max)</translation>
    </message>
    <message>
        <source>LSL (LabRecorder)</source>
        <translation>LSL (LabRecorder)</translation>
    </message>
    <message>
        <source>WebSocket and page (OBS)</source>
        <translation>WebSocket und Seite (OBS)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>How long predictions are averaged over; 0 shows each frame by itself</source>
        <translation>Über welche Zeit Vorhersagen gemittelt werden; 0 zeigt jedes Einzelbild für sich</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>For this share of faces like those the model was tested on, the label that people gave is among the expressions named. The higher, the more often two are named, or none</source>
        <translation>Bei diesem Anteil der Gesichter, die denen gleichen, an denen das Modell geprüft wurde, ist das von Menschen vergebene Label unter den genannten Ausdrücken. Je höher, desto öfter werden zwei genannt, oder keiner</translation>
    </message>
    <message>
        <source>Faces at most</source>
        <translation>Höchstzahl Gesichter</translation>
    </message>
    <message>
        <source>The largest faces of a frame are classified</source>
        <translation>Die größten Gesichter eines Einzelbilds werden klassifiziert</translation>
    </message>
    <message>
        <source>Least score of a face</source>
        <translation>Kleinste Güte eines Gesichts</translation>
    </message>
    <message>
        <source>What looks less like a face is ignored</source>
        <translation>Was weniger wie ein Gesicht aussieht, wird übergangen</translation>
    </message>
    <message>
        <source>Head, eyes, mouth</source>
        <translation>Kopf, Augen, Mund</translation>
    </message>
    <message>
        <source>Also where the head points, blinks, and how far eyes and mouth are open, of larger faces</source>
        <translation>Bei größeren Gesichtern auch, wohin der Kopf zeigt, Lidschläge und wie weit Augen und Mund geöffnet sind</translation>
    </message>
    <message>
        <source>Compute with</source>
        <translation>Rechnen mit</translation>
    </message>
    <message>
        <source>What runs the model</source>
        <translation>Was das Modell ausführt</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Predictions to other programs on this machine while a source runs; never pictures or names</source>
        <translation>Vorhersagen an andere Programme auf diesem Rechner, während eine Quelle läuft; nie Bilder oder Namen</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marker</translation>
    </message>
    <message>
        <source>Name of a stimulus program&apos;s LSL stream, whose markers stand in what is recorded</source>
        <translation>Name des LSL-Streams eines Reizprogramms, dessen Marker in die Aufnahme kommen</translation>
    </message>
    <message>
        <source>Camera&apos;s picture</source>
        <translation>Bild der Kamera</translation>
    </message>
    <message>
        <source>What the camera is asked for; the line at the bottom of the window says what it gives</source>
        <translation>Was von der Kamera verlangt wird; die Zeile unten im Fenster sagt, was sie liefert</translation>
    </message>
    <message>
        <source>Camera&apos;s rate</source>
        <translation>Bildrate der Kamera</translation>
    </message>
    <message>
        <source>More frames a second need more light</source>
        <translation>Mehr Bilder je Sekunde brauchen mehr Licht</translation>
    </message>
    <message>
        <source>Turn the picture</source>
        <translation>Das Bild drehen</translation>
    </message>
    <message>
        <source>For a camera that hangs on its side or upside down; until Mien is closed</source>
        <translation>Für eine Kamera, die auf der Seite oder kopfüber hängt; bis Mien geschlossen wird</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Light or dark; where the system is set to high contrast, so is Mien</source>
        <translation>Hell oder dunkel; ist das System auf hohen Kontrast eingestellt, dann auch Mien</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of the window, from the next start of Mien on; files that it writes stay in English</source>
        <translation>Für das Fenster, ab dem nächsten Start von Mien; Dateien, die Mien schreibt, bleiben englisch</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Of all texts, beside the system&apos;s own size</source>
        <translation>Für alle Texte, zusätzlich zur Größe im System</translation>
    </message>
</context>
<context>
    <name>SettingsStep</name>
    <message>
        <source>How long it will take</source>
        <translation>Wie lange es dauern wird</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Alle Einstellungen</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>Alle Einstellungen zeigen</translation>
    </message>
    <message>
        <source>For people who know how such models are trained</source>
        <translation>Für Leute, die wissen, wie solche Modelle trainiert werden</translation>
    </message>
    <message>
        <source>The model that the new one starts from. It stays as it is</source>
        <translation>Das Modell, von dem das neue ausgeht. Es bleibt, wie es ist</translation>
    </message>
    <message>
        <source>only the last layer (minutes, few pictures)</source>
        <translation>nur die letzte Schicht (Minuten, wenige Bilder)</translation>
    </message>
    <message>
        <source>the last third of the network</source>
        <translation>das letzte Drittel des Netzes</translation>
    </message>
    <message>
        <source>everything (long, many pictures)</source>
        <translation>alles (lange, viele Bilder)</translation>
    </message>
    <message>
        <source>nothing: each picture by itself</source>
        <translation>nichts: jedes Bild für sich</translation>
    </message>
    <message>
        <source>pictures in one sub-folder (a person, a clip)</source>
        <translation>Bilder eines Unterordners (eine Person, ein Clip)</translation>
    </message>
    <message>
        <source>pictures with one name (clip_001, clip_002)</source>
        <translation>Bilder eines Namens (clip_001, clip_002)</translation>
    </message>
    <message>
        <source>Pictures for validation must be new to the model: other people, other clips</source>
        <translation>Bilder zur Validierung müssen dem Modell neu sein: andere Menschen, andere Clips</translation>
    </message>
    <message>
        <source>How much of the network changes: the less, the fewer pictures are needed</source>
        <translation>Wie viel vom Netz sich ändert: je weniger, desto weniger Bilder sind nötig</translation>
    </message>
    <message>
        <source>The loss: how far each label is trusted</source>
        <translation>Der Verlust: wie weit jedem Label getraut wird</translation>
    </message>
    <message>
        <source>show every class equally often</source>
        <translation>jede Klasse gleich oft zeigen</translation>
    </message>
    <message>
        <source>So that classes with few pictures are learned too</source>
        <translation>Damit auch Klassen mit wenigen Bildern gelernt werden</translation>
    </message>
    <message>
        <source>How often each picture is shown to the model</source>
        <translation>Wie oft jedes Bild dem Modell gezeigt wird</translation>
    </message>
    <message>
        <source>the fastest available</source>
        <translation>das schnellste vorhandene</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>der Prozessor</translation>
    </message>
    <message>
        <source>The processor is slower, and leaves the graphics card to other programs</source>
        <translation>Der Prozessor ist langsamer und lässt die Grafikkarte anderen Programmen</translation>
    </message>
    <message>
        <source>If you have FERPlus, the new model is also evaluated on its faces, to see what it has forgotten</source>
        <translation>Ist FERPlus vorhanden, wird das neue Modell auch an dessen Gesichtern bewertet, um zu sehen, was es vergessen hat</translation>
    </message>
    <message>
        <source>Model to start from</source>
        <translation>Ausgangsmodell</translation>
    </message>
    <message>
        <source>What is trained</source>
        <translation>Was trainiert wird</translation>
    </message>
    <message>
        <source>What stays on one side of the split</source>
        <translation>Was beim Aufteilen zusammenbleibt</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>Runden</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Check for forgetting</source>
        <translation>Auf Vergessen prüfen</translation>
    </message>
    <message>
        <source>Choose the folder of FERPlus...</source>
        <translation>Ordner von FERPlus wählen...</translation>
    </message>
    <message>
        <source>Folder of FERPlus (cancel for none)</source>
        <translation>Ordner von FERPlus (Abbrechen für keinen)</translation>
    </message>
    <message>
        <source>The settings were edited: how long it takes will show while it runs.</source>
        <translation>Die Einstellungen wurden bearbeitet: Wie lange es dauert, zeigt sich beim Training.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) for training, {} for validation.</source>
        <translation>
            <numerusform>%n Bild zum Training, {} zur Validierung.</numerusform>
            <numerusform>%n Bilder zum Training, {} zur Validierung.</numerusform>
        </translation>
    </message>
    <message>
        <source>Timing a few steps...</source>
        <translation>Die Dauer einiger Schritte wird gemessen...</translation>
    </message>
    <message>
        <source>It will take about {} on this machine.</source>
        <translation>Es wird auf diesem Rechner etwa {} dauern.</translation>
    </message>
</context>
<context>
    <name>Snapshots</name>
    <message>
        <source>Saved: {}</source>
        <translation>Gespeichert: {}</translation>
    </message>
    <message>
        <source>There is no face to save yet. Wait until one is in view.</source>
        <translation>Noch gibt es kein Gesicht zum Speichern. Warten, bis eines im Bild ist.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
</context>
<context>
    <name>SourceButton</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Where the picture comes from: camera (C), file (O), network (N), demo (D)</source>
        <translation>Woher das Bild kommt: Kamera (C), Datei (O), Netzwerk (N), Demo (D)</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Video or picture...</source>
        <translation>Video oder Bild...</translation>
    </message>
    <message>
        <source>Folder of pictures...</source>
        <translation>Ordner mit Bildern...</translation>
    </message>
    <message>
        <source>Network camera...</source>
        <translation>Netzwerkkamera...</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Demo with six faces</source>
        <translation>Demo mit sechs Gesichtern</translation>
    </message>
    <message>
        <source>Close the source</source>
        <translation>Die Quelle schließen</translation>
    </message>
    <message>
        <source>No camera is plugged in</source>
        <translation>Keine Kamera ist angeschlossen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Choose a source</source>
        <translation>Quelle wählen</translation>
    </message>
    <message>
        <source>Open a video or a picture</source>
        <translation>Ein Video oder ein Bild öffnen</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>Einen Ordner mit Bildern öffnen</translation>
    </message>
    <message>
        <source>Address, such as rtsp://192.168.1.20/stream or http://192.168.1.20/video</source>
        <translation>Adresse, etwa rtsp://192.168.1.20/stream oder http://192.168.1.20/video</translation>
    </message>
    <message>
        <source>Network camera</source>
        <translation>Netzwerkkamera</translation>
    </message>
</context>
<context>
    <name>SourceText</name>
    <message>
        <source>Opening...</source>
        <translation>Wird geöffnet...</translation>
    </message>
    <message>
        <source>{}. {} is used, which is slower. To try again, choose the runtime again in Settings.</source>
        <translation>{}. {} wird verwendet, was langsamer ist. Für einen neuen Versuch in den Einstellungen noch einmal wählen, womit gerechnet wird.</translation>
    </message>
    <message>
        <source>Preparing the model for this machine. This is done once, and takes some ten seconds.</source>
        <translation>Das Modell wird für diesen Rechner vorbereitet. Das geschieht nur einmal und dauert etwa zehn Sekunden.</translation>
    </message>
    <message>
        <source>Loading the model...</source>
        <translation>Das Modell wird geladen...</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>What should Mien look at?</source>
        <translation>Was soll Mien betrachten?</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Yourself, live  (C)</source>
        <translation>Das eigene Gesicht, live  (C)</translation>
    </message>
    <message>
        <source>Video or picture</source>
        <translation>Video oder Bild</translation>
    </message>
    <message>
        <source>A file on this computer  (O)</source>
        <translation>Eine Datei auf diesem Rechner  (O)</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>A photo that moves, no camera needed  (D)</source>
        <translation>Ein Foto, das sich bewegt, ohne Kamera  (D)</translation>
    </message>
    <message>
        <source>Or drop a file or a folder anywhere.</source>
        <translation>Oder eine Datei oder einen Ordner irgendwo ablegen.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Frames per second from the source</source>
        <translation>Bilder je Sekunde aus der Quelle</translation>
    </message>
    <message>
        <source>Frames per second that are classified</source>
        <translation>Bilder je Sekunde, die klassifiziert werden</translation>
    </message>
    <message>
        <source>Time from a frame&apos;s capture to its result</source>
        <translation>Zeit von der Aufnahme eines Einzelbilds bis zu seinem Ergebnis</translation>
    </message>
    <message>
        <source>Frames that were shown but not classified, because newer ones had arrived</source>
        <translation>Einzelbilder, die gezeigt, aber nicht klassifiziert wurden, weil neuere da waren</translation>
    </message>
    <message>
        <source>What runs the model</source>
        <translation>Was das Modell ausführt</translation>
    </message>
    <message>
        <source>Faces that are classified, of those that were found: the largest. Settings has the limit</source>
        <translation>Gesichter, die klassifiziert werden, von den gefundenen: die größten. Die Grenze steht in den Einstellungen</translation>
    </message>
    <message>
        <source>The source&apos;s picture, px</source>
        <translation>Das Bild der Quelle, px</translation>
    </message>
    <message>
        <source>{} ms</source>
        <translation>{} ms</translation>
    </message>
    <message>
        <source>source {} fps</source>
        <translation>Quelle {} Bilder/s</translation>
    </message>
    <message>
        <source>recognition {} fps</source>
        <translation>Erkennung {} Bilder/s</translation>
    </message>
    <message>
        <source>latency {}</source>
        <translation>Latenz {}</translation>
    </message>
    <message>
        <source>dropped {}</source>
        <translation>ausgelassen {}</translation>
    </message>
    <message>
        <source>loading the model...</source>
        <translation>das Modell wird geladen...</translation>
    </message>
    <message>
        <source>{} of {} faces</source>
        <translation>{} von {} Gesichtern</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Split and settings</source>
        <translation>Aufteilung und Einstellungen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Step {}: {}</source>
        <translation>Schritt {}: {}</translation>
    </message>
    <message>
        <source>The training has not come to its end.</source>
        <translation>Das Training ist noch nicht am Ende.</translation>
    </message>
    <message>
        <source>Nothing is trained yet.</source>
        <translation>Noch ist nichts trainiert.</translation>
    </message>
    <message>
        <source>No pictures were chosen here.</source>
        <translation>Hier wurden keine Bilder gewählt.</translation>
    </message>
</context>
<context>
    <name>StudyTable</name>
    <message>
        <source>Table of all sessions</source>
        <translation>Tabelle aller Sitzungen</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx *.tsv)</source>
        <translation>Tabellen (*.csv *.xlsx *.tsv)</translation>
    </message>
    <message>
        <source>There is no finished session in {}. Analyse a file, or choose another folder.</source>
        <translation>In {} ist keine fertige Sitzung. Eine Datei analysieren oder einen anderen Ordner wählen.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) saved: {}</source>
        <translation>
            <numerusform>%n Zeile gespeichert: {}</numerusform>
            <numerusform>%n Zeilen gespeichert: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) left out. {}</source>
        <translation>
            <numerusform>%n Sitzung ausgelassen. {}</numerusform>
            <numerusform>%n Sitzungen ausgelassen. {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryCard</name>
    <message>
        <source>Why predictions are not sure</source>
        <translation>Warum Vorhersagen unsicher sind</translation>
    </message>
    <message>
        <source>Share of time of each expression</source>
        <translation>Zeitanteil jedes Ausdrucks</translation>
    </message>
    <message>
        <source>Share of the time in view for which each expression was the most probable one</source>
        <translation>Anteil der Zeit im Bild, in der jeder Ausdruck der wahrscheinlichste war</translation>
    </message>
    <message>
        <source>Bar: share of time. Line: mean probability.</source>
        <translation>Balken: Zeitanteil. Strich: mittlere Wahrscheinlichkeit.</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Baseline</translation>
    </message>
    <message>
        <source>Selected person</source>
        <translation>Gewählte Person</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>in view</source>
        <translation>im Bild</translation>
    </message>
    <message>
        <source>How long the person was in view</source>
        <translation>Wie lange die Person im Bild war</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>Wechsel</translation>
    </message>
    <message>
        <source>How often the most probable expression changed</source>
        <translation>Wie oft der wahrscheinlichste Ausdruck wechselte</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>Share of the predictions that were not sure</source>
        <translation>Anteil der Vorhersagen, die unsicher waren</translation>
    </message>
    <message>
        <source>whole session</source>
        <translation>ganze Sitzung</translation>
    </message>
    <message>
        <source>{} to {}</source>
        <translation>{} bis {}</translation>
    </message>
    <message>
        <source>Nobody is in this session.</source>
        <translation>Niemand ist in dieser Sitzung.</translation>
    </message>
    <message>
        <source>This person has none.</source>
        <translation>Diese Person hat keine.</translation>
    </message>
    <message>
        <source>change of {} {}</source>
        <translation>Änderung von {} {}</translation>
    </message>
    <message>
        <source>◆ baseline, {} to {}. On the right: how far the mean is from it.</source>
        <translation>◆ Baseline, {} bis {}. Rechts: wie weit der Mittelwert davon entfernt ist.</translation>
    </message>
    <message>
        <source>Baseline, {} to {}: too little of this person is left there. Choose another range.</source>
        <translation>Baseline, {} bis {}: Dort ist von dieser Person zu wenig übrig. Einen anderen Bereich wählen.</translation>
    </message>
</context>
<context>
    <name>ThumbnailGrid</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model that classifies the faces</source>
        <translation>Das Modell, das die Gesichter klassifiziert</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>The model&apos;s card, panels, keys</source>
        <translation>Modellkarte, Teilfenster, Tasten</translation>
    </message>
    <message>
        <source>A recording is of one model: stop it first.</source>
        <translation>Eine Aufnahme gehört zu einem Modell: zuerst beenden.</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause the training, or go on</source>
        <translation>Das Training anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>Kein Training läuft.</translation>
    </message>
    <message>
        <source>Looking at {}...</source>
        <translation>{} wird durchgesehen...</translation>
    </message>
    <message>
        <source>Looking at the pictures: {} of {}</source>
        <translation>Die Bilder werden durchgesehen: {} von {}</translation>
    </message>
    <message>
        <source>The pictures are being split.</source>
        <translation>Die Bilder werden aufgeteilt.</translation>
    </message>
    <message>
        <source>Another training is running. Wait until it ends, or stop it.</source>
        <translation>Ein anderes Training läuft. Sein Ende abwarten oder es anhalten.</translation>
    </message>
    <message>
        <source>Saving...</source>
        <translation>Wird gespeichert...</translation>
    </message>
    <message>
        <source>The training is finished.</source>
        <translation>Das Training ist fertig.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>The training saves and stops; Go on resumes it from the same step.</source>
        <translation>Das Training speichert und hält an; „Fortsetzen“ führt es vom selben Schritt an weiter.</translation>
    </message>
</context>
<context>
    <name>TrainStart</name>
    <message>
        <source>What should a model learn?</source>
        <translation>Was soll ein Modell lernen?</translation>
    </message>
    <message>
        <source>With a sub-folder for each class  ({})</source>
        <translation>Mit einem Unterordner je Klasse  ({})</translation>
    </message>
    <message>
        <source>A folder of labelled pictures</source>
        <translation>Ein Ordner mit gelabelten Bildern</translation>
    </message>
    <message>
        <source>A table</source>
        <translation>Eine Tabelle</translation>
    </message>
    <message>
        <source>A CSV file with a path and a label in every row</source>
        <translation>Eine CSV-Datei mit Pfad und Label in jeder Zeile</translation>
    </message>
    <message>
        <source>Your dataset</source>
        <translation>Der eigene Datensatz</translation>
    </message>
    <message>
        <source>Or drop a folder here. Forty pictures of each class are enough to begin with. They stay on this machine.</source>
        <translation>Oder hier einen Ordner ablegen. Vierzig Bilder je Klasse reichen für den Anfang. Sie bleiben auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>Show older trainings, too</source>
        <translation>Auch ältere Trainings zeigen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Your models</source>
        <translation>Eigene Modelle</translation>
    </message>
    <message>
        <source>Add a model that was exported from Mien</source>
        <translation>Ein Modell hinzufügen, das aus Mien exportiert wurde</translation>
    </message>
    <message>
        <source>Compare them, and those that come with Mien</source>
        <translation>Vergleichen, auch mit den mitgelieferten</translation>
    </message>
    <message>
        <source>All models...</source>
        <translation>Alle Modelle...</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>Importieren...</translation>
    </message>
    <message>
        <source>Choose a folder with a sub-folder for each class</source>
        <translation>Einen Ordner mit einem Unterordner je Klasse wählen</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>Eine Tabelle wählen</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message numerus="yes">
        <source>%n label(s)</source>
        <translation>
            <numerusform>%n Label</numerusform>
            <numerusform>%n Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) under {}, added with L</source>
        <translation>
            <numerusform>%n Gesicht unter {}, hinzugefügt mit L</numerusform>
            <numerusform>%n Gesichter unter {}, hinzugefügt mit L</numerusform>
        </translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>nicht fertig</translation>
    </message>
    <message>
        <source>{}, {}, {}</source>
        <translation>{}, {}, {}</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete: {}</source>
        <translation>Löschen: {}</translation>
    </message>
    <message>
        <source>Delete the training of {}? Its model goes with it; one that you kept stays.</source>
        <translation>Das Training von {} löschen? Sein Modell geht mit verloren; ein behaltenes bleibt.</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Show the model card of {}</source>
        <translation>Die Modellkarte von {} zeigen</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>Exportieren...</translation>
    </message>
    <message>
        <source>Save {} as one file</source>
        <translation>{} als eine Datei speichern</translation>
    </message>
    <message>
        <source>Delete the model {}</source>
        <translation>Das Modell {} löschen</translation>
    </message>
    <message>
        <source>Models of Mien (*{})</source>
        <translation>Modelle von Mien (*{})</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>Das Modell exportieren</translation>
    </message>
    <message>
        <source>Saved: {}</source>
        <translation>Gespeichert: {}</translation>
    </message>
    <message>
        <source>Delete the model &apos;{}&apos;? It cannot be had back, unless it was exported.</source>
        <translation>Das Modell „{}“ löschen? Es lässt sich nur wiederherstellen, wenn es exportiert wurde.</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Ein Modell importieren</translation>
    </message>
    <message>
        <source>&apos;{}&apos; is now one of your models.</source>
        <translation>„{}“ gehört jetzt zu den eigenen Modellen.</translation>
    </message>
</context>
<context>
    <name>TrainingProcess</name>
    <message>
        <source>The training could not be started: {}. Check that Mien is still installed.</source>
        <translation>Das Training konnte nicht gestartet werden: {}. Bitte prüfen, ob Mien noch installiert ist.</translation>
    </message>
    <message>
        <source>The training&apos;s process ended unexpectedly. Press Go on: at most the last two minutes are lost.</source>
        <translation>Der Prozess des Trainings endete unerwartet. „Fortsetzen“ drücken: Höchstens die letzten zwei Minuten sind verloren.</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Time, length, and the frame&apos;s number in the file</source>
        <translation>Zeit, Länge und Nummer des Einzelbilds in der Datei</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>How fast it plays</source>
        <translation>Wie schnell abgespielt wird</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to Mien</source>
        <translation>Willkommen bei Mien</translation>
    </message>
    <message>
        <source>Mien finds faces in a camera&apos;s picture or a file and shows which expression each one has, how sure it is, and what its network makes of the picture.</source>
        <translation>Mien findet Gesichter im Bild einer Kamera oder in einer Datei und zeigt, welchen Ausdruck jedes hat, wie sicher das ist und was sein Netz aus dem Bild macht.</translation>
    </message>
    <message>
        <source>No picture leaves this machine, and your use of Mien is reported to nobody. A connection is opened only if you choose a network camera, a training that starts from published weights, to send predictions to other programs, or to take their markers.</source>
        <translation>Kein Bild verlässt diesen Rechner, und niemand erfährt, wie Mien benutzt wird. Eine Verbindung wird nur geöffnet, wenn eine Netzwerkkamera gewählt wird, ein Training, das von veröffentlichten Gewichten ausgeht, das Senden von Vorhersagen an andere Programme oder das Übernehmen ihrer Marker.</translation>
    </message>
    <message>
        <source>A picture is written to the disk only when you save or record it, add a face to a dataset, analyse a file (a small picture of each person) or train on whole pictures (their faces).</source>
        <translation>Ein Bild wird nur dann auf die Festplatte geschrieben, wenn es gespeichert oder aufgenommen wird, ein Gesicht zu einem Datensatz kommt, eine Datei analysiert wird (ein kleines Bild jeder Person) oder aus ganzen Bildern gelernt wird (deren Gesichter).</translation>
    </message>
    <message>
        <source>An expression is not a feeling: a smile may be polite, a frown may be concentration. Do not judge people by it. The model is often wrong, more so on small, dark or turned faces, and it may be wrong more often about some groups of people than about others.</source>
        <translation>Ein Gesichtsausdruck ist kein Gefühl: Ein Lächeln kann höflich sein, eine gerunzelte Stirn Konzentration. Menschen bitte nicht danach beurteilen. Das Modell irrt oft, mehr noch bei kleinen, dunklen oder abgewandten Gesichtern, und bei manchen Gruppen von Menschen womöglich öfter als bei anderen.</translation>
    </message>
    <message>
        <source>In the European Union, inferring the emotions of people at work or in education is prohibited, except for medical or safety reasons (AI Act, Article 5(1)(f)).</source>
        <translation>In der Europäischen Union ist es verboten, mit KI Emotionen von Personen am Arbeitsplatz oder in Bildungseinrichtungen abzuleiten, außer aus medizinischen Gründen oder Sicherheitsgründen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f).</translation>
    </message>
    <message>
        <source>I understand</source>
        <translation>Verstanden</translation>
    </message>
</context>
<context>
    <name>_Names</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>language</name>
    <message>
        <source>Mien is starting...</source>
        <translation>Mien startet...</translation>
    </message>
    <message>
        <source>The recording cannot go on: the disk is full. Free some space and record again.</source>
        <translation>Die Aufnahme kann nicht weitergehen: Die Festplatte ist voll. Platz schaffen und erneut aufnehmen.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>{} (own class)</source>
        <translation>{} (eigene Klasse)</translation>
    </message>
    <message>
        <source>not sure: {}</source>
        <translation>unsicher: {}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Videos and pictures</source>
        <translation>Videos und Bilder</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Probabilities, stacked in the colours of the expressions. The strip below: how reliable each prediction was, from faint (a guess) to strong (sure).</source>
        <translation>Wahrscheinlichkeiten, gestapelt in den Farben der Ausdrücke. Der Streifen darunter: wie zuverlässig jede Vorhersage war, von blass (geraten) bis kräftig (sicher).</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Where the head points, from -45° below to 45° above: yaw orange (up is towards the picture&apos;s left), pitch green (up is down), roll blue (up is clockwise). Ticks at the top: blinks.</source>
        <translation>Wohin der Kopf zeigt, von -45° unten bis 45° oben: Gieren orange (oben ist nach links im Bild), Nicken grün (oben ist nach unten), Rollen blau (oben ist im Uhrzeigersinn). Striche am oberen Rand: Lidschläge.</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>happiness</source>
        <translation>Freude</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>Überraschung</translation>
    </message>
    <message>
        <source>sadness</source>
        <translation>Traurigkeit</translation>
    </message>
    <message>
        <source>anger</source>
        <translation>Wut</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>Ekel</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>Angst</translation>
    </message>
    <message>
        <source>contempt</source>
        <translation>Verachtung</translation>
    </message>
    <message>
        <source>The face is small.</source>
        <translation>Das Gesicht ist klein.</translation>
    </message>
    <message>
        <source>The face is blurred.</source>
        <translation>Das Gesicht ist unscharf.</translation>
    </message>
    <message>
        <source>The face is turned away.</source>
        <translation>Das Gesicht ist abgewandt.</translation>
    </message>
    <message>
        <source>The face is unlike those the model learned from.</source>
        <translation>Das Gesicht ist denen unähnlich, aus denen das Modell lernte.</translation>
    </message>
    <message>
        <source>More than one expression fits.</source>
        <translation>Mehr als ein Ausdruck passt.</translation>
    </message>
    <message>
        <source>the labels as they are</source>
        <translation>die Labels, wie sie sind</translation>
    </message>
    <message>
        <source>a little doubt about every label</source>
        <translation>ein wenig Zweifel an jedem Label</translation>
    </message>
    <message>
        <source>doubt where classes look alike (F-PDLS)</source>
        <translation>Zweifel, wo Klassen sich ähneln (F-PDLS)</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} s</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{} min</translation>
    </message>
    <message>
        <source>{} h</source>
        <translation>{} h</translation>
    </message>
    <message numerus="yes">
        <source>No face was found in %n picture(s).</source>
        <translation>
            <numerusform>In %n Bild wurde kein Gesicht gefunden.</numerusform>
            <numerusform>In %n Bildern wurde kein Gesicht gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too few faces were found in {}: {}</source>
        <translation>In {} wurden zu wenige Gesichter gefunden: {}</translation>
    </message>
    <message>
        <source>The faces cannot go into {}, which is not apart from the pictures. Choose a new folder.</source>
        <translation>Die Gesichter können nicht nach {}: der Ordner liegt nicht getrennt von den Bildern. Einen neuen Ordner wählen.</translation>
    </message>
    <message>
        <source>{} is there already, and no face that Mien has cut out. Choose a new folder.</source>
        <translation>{} ist schon da und kein Gesicht, das Mien ausgeschnitten hat. Einen neuen Ordner wählen.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not there.</source>
        <translation>
            <numerusform>%n Datei ist nicht da.</numerusform>
            <numerusform>%n Dateien sind nicht da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be read as a picture.</source>
        <translation>
            <numerusform>%n Datei ist nicht als Bild lesbar.</numerusform>
            <numerusform>%n Dateien sind nicht als Bild lesbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) smaller than {} px.</source>
        <translation>
            <numerusform>%n Bild ist kleiner als {} px.</numerusform>
            <numerusform>%n Bilder sind kleiner als {} px.</numerusform>
        </translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>The same picture is labelled {}.</source>
        <translation>Dasselbe Bild hat mehrere Labels: {}.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) too many: copies of others.</source>
        <translation>
            <numerusform>%n Bild zu viel: Kopie eines anderen.</numerusform>
            <numerusform>%n Bilder zu viel: Kopien anderer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) too many: near copies of others.</source>
        <translation>
            <numerusform>%n Bild zu viel: fast eine Kopie eines anderen.</numerusform>
            <numerusform>%n Bilder zu viel: fast Kopien anderer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{} has only %n picture(s); a model needs {} or more to learn it.</source>
        <translation>
            <numerusform>{} hat nur %n Bild; ein Modell braucht {} oder mehr, um die Klasse zu lernen.</numerusform>
            <numerusform>{} hat nur %n Bilder; ein Modell braucht {} oder mehr, um die Klasse zu lernen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{} does not exist.</source>
        <translation>{} gibt es nicht.</translation>
    </message>
    <message>
        <source>{} has 1 class with pictures; at least two are needed. {}</source>
        <translation>{} hat 1 Klasse mit Bildern; mindestens zwei werden gebraucht. {}</translation>
    </message>
    <message>
        <source>{} has 0 classes with pictures; at least two are needed. {}</source>
        <translation>{} hat keine Klasse mit Bildern; mindestens zwei werden gebraucht. {}</translation>
    </message>
    <message>
        <source>{} are one class, {}: the names differ only in capitals, or in how accents are stored.</source>
        <translation>{} sind eine Klasse, {}: Die Namen unterscheiden sich nur in Groß- und Kleinschreibung oder darin, wie Akzente gespeichert sind.</translation>
    </message>
    <message>
        <source>{} may not be read: {}.</source>
        <translation>{} darf nicht gelesen werden: {}.</translation>
    </message>
    <message>
        <source>{} has no pictures and is left out.</source>
        <translation>{} hat keine Bilder und wird weggelassen.</translation>
    </message>
    <message>
        <source>No column of the table is called label: {} is taken for it.</source>
        <translation>Keine Spalte der Tabelle heißt label: {} wird dafür genommen.</translation>
    </message>
    <message>
        <source>{} must have a path and a label on every line; line {} has not.</source>
        <translation>{} muss in jeder Zeile einen Pfad und ein Label haben; Zeile {} hat das nicht.</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>{}: line {} has an empty {}. Fill it in, or take the line out.</source>
        <translation>{}: In Zeile {} ist ein Eintrag leer ({}). Ausfüllen oder die Zeile herausnehmen.</translation>
    </message>
    <message>
        <source>{}: which of the columns {} are the path and the label is not clear. Call these path and label.</source>
        <translation>{}: Welche der Spalten {} Pfad und Label sind, ist nicht klar. Diese bitte path und label nennen.</translation>
    </message>
    <message>
        <source>crop of {} px</source>
        <translation>Ausschnitt von {} px</translation>
    </message>
    <message>
        <source>enlarged to {} px</source>
        <translation>vergrößert auf {} px</translation>
    </message>
    <message>
        <source>reduced to {} px</source>
        <translation>verkleinert auf {} px</translation>
    </message>
    <message>
        <source>yaw {}°, pitch {}°, roll {}°</source>
        <translation>Gieren {}°, Nicken {}°, Rollen {}°</translation>
    </message>
    <message>
        <source>{} ({} to {})</source>
        <translation>{} ({} bis {})</translation>
    </message>
    <message>
        <source>The new model</source>
        <translation>Das neue Modell</translation>
    </message>
    <message numerus="yes">
        <source>{} classifies {} of %n face(s) as labelled ({})</source>
        <translation>
            <numerusform>{} klassifiziert {} von %n Gesicht wie im Label ({})</numerusform>
            <numerusform>{} klassifiziert {} von %n Gesichtern wie im Label ({})</numerusform>
        </translation>
    </message>
    <message>
        <source>{}, better than {} with {} ({} to {} points, 95% interval).</source>
        <translation>{}, besser als {} mit {} ({} bis {} Prozentpunkte, 95-%-Intervall).</translation>
    </message>
    <message>
        <source>{}, worse than {} with {} ({} to {} points, 95% interval).</source>
        <translation>{}, schlechter als {} mit {} ({} bis {} Prozentpunkte, 95-%-Intervall).</translation>
    </message>
    <message>
        <source>{}, {} {}: too few faces to say which is better ({} to {} points, 95% interval).</source>
        <translation>{}, {} {}: zu wenige Gesichter, um zu sagen, welches besser ist ({} bis {} Prozentpunkte, 95-%-Intervall).</translation>
    </message>
    <message numerus="yes">
        <source>{} classifies {} of %n face(s) as labelled ({}; 95% interval).</source>
        <translation>
            <numerusform>{} klassifiziert {} von %n Gesicht wie im Label ({}; 95-%-Intervall).</numerusform>
            <numerusform>{} klassifiziert {} von %n Gesichtern wie im Label ({}; 95-%-Intervall).</numerusform>
        </translation>
    </message>
    <message>
        <source>{} was itself trained on {}: if some of the validation faces are from there, both look better than they are.</source>
        <translation>{} wurde selbst mit {} trainiert: Sind Validierungsgesichter darunter, sehen beide Modelle besser aus, als sie sind.</translation>
    </message>
    <message>
        <source>Whether it has forgotten what it knew was not measured: this takes FERPlus, and two or more of its classes that both models have.</source>
        <translation>Ob es vergessen hat, was es wusste, wurde nicht gemessen: Dazu braucht es FERPlus und zwei oder mehr seiner Klassen, die beide Modelle haben.</translation>
    </message>
    <message>
        <source>It has forgotten some of what it knew: {}</source>
        <translation>Es hat etwas von dem vergessen, was es wusste: {}</translation>
    </message>
    <message>
        <source>On what it knew before: {}</source>
        <translation>Zu dem, was es vorher wusste: {}</translation>
    </message>
    <message>
        <source>It came from {}, which has fewer than two of these classes: there is nothing to compare.</source>
        <translation>Es ging von {} aus, das weniger als zwei dieser Klassen hat: Es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>It was not trained from a model of Mien, so there is nothing to compare it with.</source>
        <translation>Es wurde nicht von einem Modell von Mien aus trainiert, daher gibt es nichts zum Vergleichen.</translation>
    </message>
    <message>
        <source>{} is not the result of a training: {}.</source>
        <translation>{} ist nicht das Ergebnis eines Trainings: {}.</translation>
    </message>
    <message>
        <source>without an ending</source>
        <translation>ohne Endung</translation>
    </message>
    <message>
        <source>1 file is no picture</source>
        <translation>1 Datei ist kein Bild</translation>
    </message>
    <message>
        <source>{} files are no pictures</source>
        <translation>{} Dateien sind keine Bilder</translation>
    </message>
    <message>
        <source>1 file is no picture or video</source>
        <translation>1 Datei ist weder Bild noch Video</translation>
    </message>
    <message>
        <source>{} files are no pictures or videos</source>
        <translation>{} Dateien sind weder Bilder noch Videos</translation>
    </message>
    <message>
        <source>{}, and passed over ({}): {}</source>
        <translation>{}, daher übergangen ({}): {}</translation>
    </message>
    <message>
        <source> {} of them cannot be found now: connect their drive first, or take them off the list.</source>
        <translation> Davon jetzt nicht zu finden: {}. Zuerst das Laufwerk anschließen oder die Dateien aus der Liste nehmen.</translation>
    </message>
    <message>
        <source>{} is not where it was. Add the file again, and it goes on.</source>
        <translation>{} ist nicht mehr dort, wo es war. Die Datei erneut hinzufügen, dann geht es weiter.</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Die Datei</translation>
    </message>
    <message>
        <source>Another version of the model &apos;{}&apos; classified this face. Analyse the file again to see the evidence.</source>
        <translation>Eine andere Fassung des Modells „{}“ hat dieses Gesicht klassifiziert. Für die Belege die Datei erneut analysieren.</translation>
    </message>
    <message>
        <source>This person is not in this picture. Move to a frame with the person in it.</source>
        <translation>Diese Person ist nicht in diesem Bild. Zu einem Einzelbild mit der Person gehen.</translation>
    </message>
    <message>
        <source>The change cannot be saved in {}: {}. Nothing was changed.</source>
        <translation>Die Änderung kann in {} nicht gespeichert werden: {}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{} ends before frame {}. If it was changed, analyse it again.</source>
        <translation>{} endet vor Einzelbild {}. Wurde es verändert, dann bitte erneut analysieren.</translation>
    </message>
    <message>
        <source>{} has no frame that can be read in the time that was asked for.</source>
        <translation>{} hat in der verlangten Zeit kein lesbares Einzelbild.</translation>
    </message>
    <message>
        <source>{} has no frame that can be read.</source>
        <translation>{} hat kein lesbares Einzelbild.</translation>
    </message>
    <message>
        <source>{} has no videos or pictures in it. {}</source>
        <translation>In {} sind keine Videos oder Bilder. {}</translation>
    </message>
    <message>
        <source>{} matches no file.</source>
        <translation>Zu {} passt keine Datei.</translation>
    </message>
    <message>
        <source>{} is no file, and only files are analysed. Open it on Live, and record it there.</source>
        <translation>{} ist keine Datei, und nur Dateien werden analysiert. Unter Live öffnen und dort aufnehmen.</translation>
    </message>
    <message>
        <source>Give the face a label, such as confused.</source>
        <translation>Dem Gesicht ein Label geben, etwa verwirrt.</translation>
    </message>
    <message>
        <source>A label has at most {} letters.</source>
        <translation>Ein Label hat höchstens {} Buchstaben.</translation>
    </message>
    <message>
        <source>{} cannot be the name of a folder: leave out / \ : * ? &quot; &lt; &gt; | and dots at the ends.</source>
        <translation>{} kann kein Ordnername sein: ohne / \ : * ? &quot; &lt; &gt; | und ohne Punkte an den Enden schreiben.</translation>
    </message>
    <message>
        <source>{} has another meaning as the name of a folder. Choose another label.</source>
        <translation>{} hat als Ordnername eine andere Bedeutung. Ein anderes Label wählen.</translation>
    </message>
    <message>
        <source>{} is divided into {}: choose one of these, or another folder.</source>
        <translation>{} ist aufgeteilt in {}: eines davon wählen oder einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{} cannot be removed: {}.</source>
        <translation>{} kann nicht entfernt werden: {}.</translation>
    </message>
    <message>
        <source>This face is in the dataset already, under {}.</source>
        <translation>Dieses Gesicht ist schon im Datensatz, unter {}.</translation>
    </message>
    <message>
        <source>{} is no split that `mien examine --split` has written: {}.</source>
        <translation>{} ist keine Aufteilung, die `mien examine --split` geschrieben hat: {}.</translation>
    </message>
    <message>
        <source>judge on</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>learn from</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>{} has too few different pictures to {}. Add some, or leave the class out.</source>
        <translation>{} hat zu wenige verschiedene Bilder zum {}. Welche hinzufügen oder die Klasse weglassen.</translation>
    </message>
    <message>
        <source>{} is divided into {} and has no folder {}. Add it, or give one of these alone: a fifth of its pictures then validates.</source>
        <translation>{} ist in {} aufgeteilt und hat keinen Ordner {}. Diesen hinzufügen oder einen der vorhandenen allein angeben: Ein Fünftel seiner Bilder dient dann zur Validierung.</translation>
    </message>
    <message>
        <source>{} has {} sub-folders with pictures; at least two classes are needed.</source>
        <translation>{} hat {} Unterordner mit Bildern; mindestens zwei Klassen werden gebraucht.</translation>
    </message>
    <message>
        <source>{} does not belong to {}: its pictures are not there.</source>
        <translation>{} gehört nicht zu {}: Seine Bilder sind nicht dort.</translation>
    </message>
    <message>
        <source>{} is a table, which has to be divided first.</source>
        <translation>{} ist eine Tabelle, die zuerst aufgeteilt werden muss.</translation>
    </message>
    <message>
        <source>{} is no dataset. Give a folder whose sub-folders are the classes, or FERPlus&apos;s zip.</source>
        <translation>{} ist kein Datensatz. Einen Ordner angeben, dessen Unterordner die Klassen sind, oder das Zip-Archiv von FERPlus.</translation>
    </message>
    <message>
        <source>{}: not one readable face in the split &apos;{}&apos;.</source>
        <translation>{}: kein einziges lesbares Gesicht in der Aufteilung „{}“.</translation>
    </message>
    <message>
        <source>{} Trying again...</source>
        <translation>{} Neuer Versuch...</translation>
    </message>
    <message>
        <source>{} was lost. Waiting for it to come back...</source>
        <translation>{} ist nicht mehr zu erreichen. Warten, bis das Bild wiederkommt...</translation>
    </message>
    <message>
        <source>{} has no picture that can be read.</source>
        <translation>{} hat kein lesbares Bild.</translation>
    </message>
    <message>
        <source>{} has ended.</source>
        <translation>{} ist zu Ende.</translation>
    </message>
    <message>
        <source>{} is a pickle, which can run code. Mien loads only safetensors files with a card.</source>
        <translation>{} ist eine Pickle-Datei, die Code ausführen kann. Mien lädt nur Safetensors-Dateien mit einer Karte.</translation>
    </message>
    <message>
        <source>{} has no card beside it. Put {} there.</source>
        <translation>Neben {} liegt keine Karte. {} dorthin legen.</translation>
    </message>
    <message>
        <source>No model is called &apos;{}&apos;. Choose one of {}.</source>
        <translation>Kein Modell heißt „{}“. Eines davon wählen: {}.</translation>
    </message>
    <message>
        <source>{} is not a card of format {}. If it comes from a newer Mien, update this one.</source>
        <translation>{} ist keine Karte im Format {}. Stammt sie von einer neueren Version, Mien aktualisieren.</translation>
    </message>
    <message>
        <source>{} is a pickle, which can run code, and no safetensors file. It was not opened.</source>
        <translation>{} ist eine Pickle-Datei, die Code ausführen kann, und keine Safetensors-Datei. Sie wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>{} is not the file that its card describes (its SHA-256 differs): it is damaged or was replaced. Copy both files again from where they come from.</source>
        <translation>{} ist nicht die Datei, die ihre Karte beschreibt (ihre SHA-256 weicht ab): Sie ist beschädigt oder wurde ersetzt. Beide Dateien noch einmal von ihrem Ursprung kopieren.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; cannot be a model&apos;s name. Use at most {} letters, digits, spaces, &apos;-&apos; and &apos;_&apos;.</source>
        <translation>„{}“ kann kein Modellname sein. Höchstens {} Buchstaben, Ziffern, Leerzeichen, „-“ und „_“ verwenden.</translation>
    </message>
    <message>
        <source>There already is a model &apos;{}&apos;. Choose another name, or remove that one first.</source>
        <translation>Es gibt schon ein Modell „{}“. Einen anderen Namen wählen oder jenes zuerst entfernen.</translation>
    </message>
    <message>
        <source>{} is not a model that Mien exported.</source>
        <translation>{} ist kein Modell, das Mien exportiert hat.</translation>
    </message>
    <message>
        <source>{} is larger than any model of Mien&apos;s, and was not opened.</source>
        <translation>{} ist größer als jedes Modell von Mien und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>{} is packed smaller than any model of Mien&apos;s can be, and was not opened.</source>
        <translation>{} ist stärker gepackt, als ein Modell von Mien sein kann, und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>{} is not a model that Mien exported: {}.</source>
        <translation>{} ist kein Modell, das Mien exportiert hat: {}.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; came with Mien and cannot be removed. Yours are in {}.</source>
        <translation>„{}“ wird mit Mien geliefert und kann nicht entfernt werden. Die eigenen liegen in {}.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; cannot be removed: {}.</source>
        <translation>„{}“ kann nicht entfernt werden: {}.</translation>
    </message>
    <message>
        <source>{} does not fit its card&apos;s architecture: tensor &apos;{}&apos; differs.</source>
        <translation>{} passt nicht zur Architektur seiner Karte: Tensor „{}“ weicht ab.</translation>
    </message>
    <message>
        <source>{}: the network of its card cannot be built: {}</source>
        <translation>{}: Das Netz seiner Karte kann nicht gebaut werden: {}</translation>
    </message>
    <message>
        <source>A baseline takes {} s in view and {} predictions; here there are {} s and {}. Choose a longer time span, or try again.</source>
        <translation>Eine Baseline braucht {} s im Bild und {} Vorhersagen; hier sind es {} s und {}. Einen längeren Bereich wählen oder es erneut versuchen.</translation>
    </message>
    <message>
        <source>The face changed from one expression to another meanwhile, so no baseline is set. Keep the face at rest all the time, and try again.</source>
        <translation>Das Gesicht hat inzwischen den Ausdruck gewechselt, daher wird keine Baseline gesetzt. Das Gesicht die ganze Zeit in Ruhe lassen und es erneut versuchen.</translation>
    </message>
    <message>
        <source>There is no runtime &apos;{}&apos;. Choose one of {}.</source>
        <translation>Die Laufzeit „{}“ gibt es nicht. Eine von diesen wählen: {}.</translation>
    </message>
    <message>
        <source>This machine does not have the runtime &apos;{}&apos;. It has {}.</source>
        <translation>Dieser Rechner hat die Laufzeit „{}“ nicht. Er hat {}.</translation>
    </message>
    <message>
        <source>The runtime &apos;{}&apos; does not work here ({}). Choose another one.</source>
        <translation>Die Laufzeit „{}“ arbeitet hier nicht ({}). Eine andere wählen.</translation>
    </message>
    <message>
        <source>The faster runtime &apos;{}&apos; failed: {}</source>
        <translation>Die schnellere Laufzeit „{}“ scheiterte: {}</translation>
    </message>
    <message>
        <source>the process that holds LSL&apos;s stream has ended</source>
        <translation>der Prozess, der den LSL-Stream hält, ist beendet</translation>
    </message>
    <message>
        <source>LSL cannot be started: {}. Look which programs hold its ports, 16572 on.</source>
        <translation>LSL kann nicht gestartet werden: {}. Nachsehen, welche Programme seine Ports ab 16572 belegen.</translation>
    </message>
    <message>
        <source>Nothing is sent as &apos;{}&apos;. Choose one of {}.</source>
        <translation>Als „{}“ wird nichts gesendet. Eines davon wählen: {}.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; needs a library that is not installed. {}</source>
        <translation>Für „{}“ fehlt eine Bibliothek. {}</translation>
    </message>
    <message>
        <source>&apos;{}&apos; takes no address.</source>
        <translation>„{}“ nimmt keine Adresse.</translation>
    </message>
    <message>
        <source>{} cannot be read: {}. Move it away, and the session opens as it was analysed.</source>
        <translation>{} ist nicht lesbar: {}. Wird es woandershin gelegt, öffnet sich die Sitzung so, wie sie analysiert wurde.</translation>
    </message>
    <message>
        <source>{}: the name of such a file ends with {}. Choose another name.</source>
        <translation>{}: Der Name einer solchen Datei endet auf {}. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{} is the session&apos;s own. Choose another name.</source>
        <translation>{} gehört zur Sitzung selbst. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{}: a table is written as {}. Choose one of these endings.</source>
        <translation>{}: Eine Tabelle wird als {} geschrieben. Eine dieser Endungen wählen.</translation>
    </message>
    <message>
        <source>{}: a workbook holds {} rows. Choose a range, or write .csv.</source>
        <translation>{}: Eine Arbeitsmappe fasst {} Zeilen. Einen Bereich wählen oder .csv schreiben.</translation>
    </message>
    <message>
        <source>{} does not say where its video is. Analyse it again.</source>
        <translation>{} gibt nicht an, wo das Video ist. Es neu analysieren.</translation>
    </message>
    <message>
        <source>The video of {} is gone from {}. Put it back there, then try again.</source>
        <translation>Das Video von {} ist nicht mehr unter {}. Dorthin zurücklegen und es erneut versuchen.</translation>
    </message>
    <message>
        <source>{} is gone: somebody has moved or deleted it.</source>
        <translation>{} ist nicht mehr da: Es wurde verschoben oder gelöscht.</translation>
    </message>
    <message>
        <source>{} was changed by another Mien since it was opened here. Open it again, then go on.</source>
        <translation>{} wurde von einem anderen Mien geändert, seit es hier geöffnet wurde. Noch einmal öffnen, dann weiterarbeiten.</translation>
    </message>
    <message>
        <source>{} has no frame between {} and {} s. Choose another range.</source>
        <translation>{} hat kein Einzelbild zwischen {} und {} s. Einen anderen Bereich wählen.</translation>
    </message>
    <message>
        <source>{} was analysed by an older version of Mien, which read this video otherwise: its faces would stay visible. Analyse it again.</source>
        <translation>{} wurde mit einer älteren Version von Mien analysiert, die dieses Video anders gelesen hat: Gesichter blieben sichtbar. Erneut analysieren.</translation>
    </message>
    <message>
        <source>{} has no frame between {} and {} s. It may have been replaced.</source>
        <translation>{} hat kein Einzelbild zwischen {} und {} s. Vielleicht wurde es ersetzt.</translation>
    </message>
    <message>
        <source>{} was changed after it was analysed: its faces may be elsewhere, and would stay visible. Analyse it again.</source>
        <translation>{} wurde nach der Analyse geändert: Gesichter könnten anderswo sein und sichtbar bleiben. Noch einmal analysieren.</translation>
    </message>
    <message>
        <source>{} is a link to somewhere else. Remove it, or choose another folder for sessions.</source>
        <translation>{} ist eine Verknüpfung anderswohin. Entfernen oder einen anderen Ordner für Sitzungen wählen.</translation>
    </message>
    <message>
        <source>{} cannot be replaced: {}. Close programs that use its files, or choose another folder.</source>
        <translation>{} kann nicht ersetzt werden: {}. Programme schließen, die seine Dateien benutzen, oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{} is no finished session, but holds some. Choose one of them, such as {}.</source>
        <translation>{} ist keine fertige Sitzung, enthält aber welche. Eine davon wählen, zum Beispiel {}.</translation>
    </message>
    <message>
        <source>{} is no finished session: it has no {}. Choose another folder, or analyse the file again.</source>
        <translation>{} ist keine fertige Sitzung: {} fehlt darin. Einen anderen Ordner wählen oder die Datei erneut analysieren.</translation>
    </message>
    <message>
        <source>{} does not have format {}. If a newer Mien made it, update Mien.</source>
        <translation>{} hat nicht das Format {}. Stammt es von einer neueren Version, Mien aktualisieren.</translation>
    </message>
    <message>
        <source>{} is there already. Choose another name for the recording.</source>
        <translation>{} gibt es schon. Einen anderen Namen für die Aufnahme wählen.</translation>
    </message>
    <message>
        <source>Nothing was recorded: no picture came.</source>
        <translation>Es wurde nichts aufgenommen: Es kam kein Bild.</translation>
    </message>
    <message>
        <source>The recording ended after {} s: {}. What was written is in {}: open that folder on the Review page.</source>
        <translation>Die Aufnahme endete nach {} s: {}. Was geschrieben wurde, liegt in {}: Diesen Ordner auf der Seite „Durchsicht“ öffnen.</translation>
    </message>
    <message>
        <source>the size of the camera&apos;s picture has changed</source>
        <translation>die Größe des Kamerabilds hat sich geändert</translation>
    </message>
    <message>
        <source>{} holds no unfinished recording. Open a folder that has one, or a finished session.</source>
        <translation>{} enthält keine unfertige Aufnahme. Einen Ordner öffnen, der eine hat, oder eine fertige Sitzung.</translation>
    </message>
    <message>
        <source>{} holds an unfinished recording that is damaged ({}). Its video may still be good: analyse that.</source>
        <translation>{} enthält eine unfertige Aufnahme, die beschädigt ist ({}). Ihr Video ist vielleicht noch gut: dieses analysieren.</translation>
    </message>
    <message>
        <source>The recording ended before anything was classified, so it is no session. Analyse its video: {}</source>
        <translation>Die Aufnahme endete, bevor etwas klassifiziert war, und ist daher keine Sitzung. Ihr Video analysieren: {}</translation>
    </message>
    <message>
        <source>{} is no table of a session: {}. Analyse the file again.</source>
        <translation>{} ist keine Tabelle einer Sitzung: {}. Die Datei erneut analysieren.</translation>
    </message>
    <message>
        <source>{} has no such face in frame {}.</source>
        <translation>{} hat kein solches Gesicht in Einzelbild {}.</translation>
    </message>
    <message>
        <source>A class&apos;s name cannot contain &apos;{}&apos;, as &apos;{}&apos; does. Choose another model.</source>
        <translation>Der Name einer Klasse darf „{}“ nicht enthalten, wie es „{}“ tut. Ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>The model has a class whose column would be another &apos;{}&apos; among {}&apos;s columns. Choose other columns, or another model.</source>
        <translation>Das Modell hat eine Klasse, deren Spalte ein zweites „{}“ unter den Spalten von {} wäre. Andere Spalten oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>{} cannot be read: that took longer than {} s. It is damaged.</source>
        <translation>{} ist nicht lesbar: Das dauerte länger als {} s. Es ist beschädigt.</translation>
    </message>
    <message>
        <source>{} cannot be read: {}.</source>
        <translation>{} ist nicht lesbar: {}.</translation>
    </message>
    <message>
        <source>{} cannot be read: it is damaged. Analyse the file again.</source>
        <translation>{} ist nicht lesbar: Es ist beschädigt. Die Datei erneut analysieren.</translation>
    </message>
    <message>
        <source>The demo shows 1 to 12 faces.</source>
        <translation>Die Demo zeigt 1 bis 12 Gesichter.</translation>
    </message>
    <message>
        <source>There is no &apos;{}&apos;. Write demo:6 for the demo with six faces.</source>
        <translation>„{}“ gibt es nicht. Für die Demo mit sechs Gesichtern demo:6 schreiben.</translation>
    </message>
    <message>
        <source>{} ends without a video, or sends on to another address, which is not followed. Open the other address, if you trust it.</source>
        <translation>{} endet ohne Video oder leitet an eine andere Adresse weiter, der nicht gefolgt wird. Die andere Adresse öffnen, wenn ihr zu trauen ist.</translation>
    </message>
    <message>
        <source>{} is no network camera: the address of one begins with {}. Give a file&apos;s path without file://.</source>
        <translation>{} ist keine Netzwerkkamera: Deren Adresse beginnt mit {}. Den Pfad einer Datei ohne file:// angeben.</translation>
    </message>
    <message>
        <source>{} sends a video that cannot be decoded here.</source>
        <translation>{} sendet ein Video, das hier nicht dekodiert werden kann.</translation>
    </message>
    <message>
        <source>{} sends sound only, no video.</source>
        <translation>{} sendet nur Ton, kein Video.</translation>
    </message>
    <message>
        <source>{} refuses the name or the password. Check both.</source>
        <translation>{} weist den Namen oder das Passwort ab. Beide prüfen.</translation>
    </message>
    <message>
        <source>{} answers, but sends no video ({}). Check the whole address.</source>
        <translation>{} antwortet, sendet aber kein Video ({}). Die Adresse bis zum Ende prüfen.</translation>
    </message>
    <message>
        <source>{} sends no video that Mien opens: RTSP, or motion JPEG over HTTP. A playlist (m3u8), which names other addresses, is not followed.</source>
        <translation>{} sendet kein Video, das Mien öffnet: RTSP oder Motion-JPEG über HTTP. Einer Wiedergabeliste (m3u8), die andere Adressen nennt, wird nicht gefolgt.</translation>
    </message>
    <message>
        <source>{} does not answer. Check its address, and that it is switched on.</source>
        <translation>{} antwortet nicht. Prüfen, ob die Adresse stimmt und die Kamera eingeschaltet ist.</translation>
    </message>
    <message>
        <source>{} cannot be spoken to over TLS ({}). Update the camera, or open it by {}:// if everybody in its network may see its pictures and its password.</source>
        <translation>Mit {} kommt keine Verbindung über TLS zustande ({}). Die Kamera aktualisieren, oder sie mit {}:// öffnen, wenn alle in ihrem Netz ihre Bilder und ihr Passwort sehen dürfen.</translation>
    </message>
    <message>
        <source>{} cannot be opened. Is it plugged in, allowed, and not in use by another program?</source>
        <translation>{} kann nicht geöffnet werden. Ist sie angeschlossen, erlaubt und von keinem anderen Programm belegt?</translation>
    </message>
    <message>
        <source>{} frames a second</source>
        <translation>{} Bilder je Sekunde</translation>
    </message>
    <message>
        <source>{} gives {}, and not {} as it was asked for.</source>
        <translation>{} liefert {}, nicht {}, wie verlangt.</translation>
    </message>
    <message>
        <source>{} has no pictures in it. {}</source>
        <translation>In {} sind keine Bilder. {}</translation>
    </message>
    <message>
        <source>{} holds no training: {}.</source>
        <translation>{} enthält kein Training: {}.</translation>
    </message>
    <message>
        <source>{} has more than 64 MB, more than a table of pictures needs. Divide it into several.</source>
        <translation>{} hat mehr als 64 MB, mehr als eine Tabelle von Bildern braucht. Die Tabelle in mehrere aufteilen.</translation>
    </message>
    <message>
        <source>{} cannot be read as a CSV file: {}.</source>
        <translation>{} ist nicht als CSV-Datei lesbar: {}.</translation>
    </message>
    <message>
        <source>{} has a NUL byte in it: it is no text, or damaged. Save it again as CSV.</source>
        <translation>{} enthält ein NUL-Byte: Es ist kein Text oder beschädigt. Noch einmal als CSV speichern.</translation>
    </message>
    <message>
        <source>{} is a link, which Mien does not write through. Give the file that it leads to.</source>
        <translation>{} ist eine Verknüpfung, durch die Mien nicht schreibt. Die Datei angeben, zu der sie führt.</translation>
    </message>
    <message>
        <source>{} is no file, and is left as it is. Choose another name to write to.</source>
        <translation>{} ist keine Datei und bleibt, wie es ist. Zum Schreiben einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{} is a link that leads to nothing.</source>
        <translation>{} ist eine Verknüpfung, die ins Leere führt.</translation>
    </message>
    <message>
        <source>{} is no file. What comes out of a pipe or a device must be saved as a file first.</source>
        <translation>{} ist keine Datei. Was aus einer Pipe oder einem Gerät kommt, zuerst als Datei speichern.</translation>
    </message>
    <message>
        <source>{} lies outside {}, and was left out.</source>
        <translation>{} liegt außerhalb von {} und wurde weggelassen.</translation>
    </message>
    <message>
        <source>{} leads out of {}, and was left out.</source>
        <translation>{} führt aus {} hinaus und wurde weggelassen.</translation>
    </message>
    <message>
        <source>{} cannot be written: {}. Choose another folder, or make room there.</source>
        <translation>{} kann nicht geschrieben werden: {}. Einen anderen Ordner wählen oder dort Platz schaffen.</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Auf dem Gerät ist kein Platz mehr</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Das Dateisystem ist nur lesbar</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Ist ein Ordner</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Ist kein Ordner</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>It is not a file</source>
        <translation>Ist keine Datei</translation>
    </message>
    <message>
        <source>Pictures cannot be written as &apos;{}&apos; files. Choose .png or .jpg.</source>
        <translation>Bilder können nicht als „{}“-Dateien geschrieben werden. .png oder .jpg wählen.</translation>
    </message>
    <message>
        <source>{} is too large for a picture: more than {} MB.</source>
        <translation>{} ist zu groß für ein Bild: mehr als {} MB.</translation>
    </message>
    <message>
        <source>{} is too large for a picture. {}</source>
        <translation>{} ist zu groß für ein Bild. {}</translation>
    </message>
    <message>
        <source>{} cannot be read as a picture.</source>
        <translation>{} ist nicht als Bild lesbar.</translation>
    </message>
    <message>
        <source>What was computed cannot be written as JSON: {}. Look for numbers such as nan.</source>
        <translation>Was berechnet wurde, kann nicht als JSON geschrieben werden: {}. Nach Zahlen wie nan suchen.</translation>
    </message>
    <message>
        <source>{} is larger than any such file of Mien&apos;s, and was not read.</source>
        <translation>{} ist größer als jede solche Datei von Mien und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>{} has more values, lists and tables than any file of Mien&apos;s, and was not read.</source>
        <translation>{} hat mehr Werte, Listen und Tabellen als jede Datei von Mien und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>{} cannot be read as JSON: {}.</source>
        <translation>{} ist nicht als JSON lesbar: {}.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({}). Try again; if it comes back, report it with Mien&apos;s log ({}).</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({}). Es erneut versuchen; kommt es wieder, mit dem Protokoll von Mien melden ({}).</translation>
    </message>
    <message>
        <source>{} cannot be read as a video or picture.</source>
        <translation>{} ist nicht als Video oder Bild lesbar.</translation>
    </message>
    <message>
        <source>{} is damaged: opening it takes too long, or too much memory. Convert it first.</source>
        <translation>{} ist beschädigt: Das Öffnen dauert zu lange oder braucht zu viel Speicher. Zuerst umwandeln.</translation>
    </message>
    <message>
        <source>{} is too large. It has {} x {} px, and videos are read up to {} megapixels. Make it smaller.</source>
        <translation>{} ist zu groß. Es hat {} x {} px; gelesen werden Videos bis {} Megapixel. Verkleinern.</translation>
    </message>
    <message>
        <source>{} is too long. A GIF of up to {} frames is read. Make a video of it.</source>
        <translation>{} ist zu lang. Ein GIF wird bis {} Einzelbilder gelesen. Ein Video daraus machen.</translation>
    </message>
    <message>
        <source>{} has no video in it, only {} and a picture.</source>
        <translation>{} enthält kein Video, nur {} und ein Bild.</translation>
    </message>
    <message>
        <source>{} has no video in it, only {}.</source>
        <translation>{} enthält kein Video, nur {}.</translation>
    </message>
    <message>
        <source>{} has a video that cannot be decoded here. Convert it to H.264 first.</source>
        <translation>{} enthält ein Video, das hier nicht dekodiert werden kann. Zuerst in H.264 umwandeln.</translation>
    </message>
    <message>
        <source>{} is damaged: it claims to have more frames than bytes. Convert it first.</source>
        <translation>{} ist beschädigt: Die Datei gibt mehr Einzelbilder als Bytes an. Zuerst umwandeln.</translation>
    </message>
    <message>
        <source>{} is damaged: nothing in it could be read for {} s.</source>
        <translation>{} ist beschädigt: {} s lang war nichts darin lesbar.</translation>
    </message>
    <message>
        <source>{} ends before frame {}. Was it changed?</source>
        <translation>{} endet vor Einzelbild {}. Wurde es verändert?</translation>
    </message>
    <message>
        <source>{} is on another computer, which is told who you are as soon as it is asked for a file. If you know it, open any file of it in Mien, then try again.</source>
        <translation>{} liegt auf einem anderen Rechner, und der erfährt, wer man ist, sobald er nach einer Datei gefragt wird. Wer ihn kennt, öffnet in Mien irgendeine Datei von ihm und versucht es noch einmal.</translation>
    </message>
    <message>
        <source>one face</source>
        <translation>einem Gesicht</translation>
    </message>
    <message>
        <source>{} faces</source>
        <translation>{} Gesichtern</translation>
    </message>
    <message>
        <source>Demo with {}</source>
        <translation>Demo mit {}</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Camera {}</source>
        <translation>Kamera {}</translation>
    </message>
    <message>
        <source>{} has other columns than Mien&apos;s: move it away, or choose another folder.</source>
        <translation>{} hat andere Spalten als die von Mien: die Datei woanders ablegen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The model &apos;{}&apos; is not translated for OpenVINO yet, which takes PyTorch ({} is not installed). {}</source>
        <translation>Das Modell „{}“ ist noch nicht für OpenVINO übersetzt, und dafür ist PyTorch nötig ({} ist nicht installiert). {}</translation>
    </message>
    <message>
        <source>It is not part of this program: install Mien from its source, with its full set.</source>
        <translation>Dieses Programm hat das nicht: Mien aus seinem Quelltext installieren, mit allen Bibliotheken.</translation>
    </message>
    <message>
        <source>Install the full set: `pip uninstall opencv-python-headless`, then `pip install .` in Mien&apos;s folder.</source>
        <translation>Den vollen Umfang installieren: `pip uninstall opencv-python-headless`, dann `pip install .` im Ordner von Mien.</translation>
    </message>
    <message>
        <source>It is not part of this program: install Mien from its source, with its extra &apos;{}&apos;.</source>
        <translation>Sie ist nicht Teil dieses Programms: Mien aus dem Quelltext installieren, mit dem Extra „{}“.</translation>
    </message>
    <message>
        <source>In Mien&apos;s folder: pip install &quot;.[{}]&quot;</source>
        <translation>In Miens Ordner: pip install &quot;.[{}]&quot;</translation>
    </message>
    <message>
        <source>This needs {}, which is not installed. {}</source>
        <translation>Dafür fehlt {}, das nicht installiert ist. {}</translation>
    </message>
    <message>
        <source>Training needs {}, which is not installed. {}</source>
        <translation>Für das Training fehlt {}, das nicht installiert ist. {}</translation>
    </message>
    <message>
        <source>The sound cannot be played ({}). The picture can.</source>
        <translation>Der Ton kann nicht abgespielt werden ({}), das Bild schon.</translation>
    </message>
    <message>
        <source>This video has no sound.</source>
        <translation>Dieses Video hat keinen Ton.</translation>
    </message>
    <message>
        <source>Sound needs a library that is not installed. {}</source>
        <translation>Für Ton fehlt eine Bibliothek. {}</translation>
    </message>
    <message>
        <source>Sound needs PortAudio: sudo apt install libportaudio2</source>
        <translation>Für Ton fehlt PortAudio: sudo apt install libportaudio2</translation>
    </message>
    <message>
        <source>This computer has no output for sound.</source>
        <translation>Dieser Rechner hat keine Tonausgabe.</translation>
    </message>
    <message>
        <source>{} has no sound.</source>
        <translation>{} hat keinen Ton.</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>{} ms a frame</source>
        <translation>{} ms je Bild</translation>
    </message>
    <message>
        <source>accuracy {}, speed {}</source>
        <translation>Genauigkeit {}, Tempo {}</translation>
    </message>
    <message>
        <source>Config: loss = {} is none of {}.</source>
        <translation>Einstellungen: loss = {} ist keines von {}.</translation>
    </message>
    <message>
        <source>Config: distil needs teachers. Name some, or set distil = 0.</source>
        <translation>Einstellungen: distil braucht teachers. Welche nennen, oder distil = 0 setzen.</translation>
    </message>
    <message>
        <source>Config: unlabelled_share must be above 0 where unlabelled names faces, and only there.</source>
        <translation>Einstellungen: unlabelled_share muss über 0 sein, wo unlabelled Gesichter nennt, und nur dort.</translation>
    </message>
    <message>
        <source>Config: faces without labels need distil and teacher_targets = &quot;each step&quot; (or &quot;in turn&quot;).</source>
        <translation>Einstellungen: Gesichter ohne Label brauchen distil und teacher_targets = &quot;each step&quot; (oder &quot;in turn&quot;).</translation>
    </message>
    <message>
        <source>There is no config and no file &apos;{}&apos;. Configs: {}.</source>
        <translation>Es gibt keine Einstellungen und keine Datei „{}“. Einstellungen: {}.</translation>
    </message>
    <message>
        <source>{}: the configs name each other as base, in a circle.</source>
        <translation>{}: Die Einstellungen nennen einander im Kreis als base.</translation>
    </message>
    <message>
        <source>{} must have {} to {} letters, not {}.</source>
        <translation>{} muss {} bis {} Zeichen haben, nicht {}.</translation>
    </message>
    <message>
        <source>{} = {} must be from {} to {}.</source>
        <translation>{} = {} muss von {} bis {} sein.</translation>
    </message>
    <message>
        <source>{} is larger than any config, and was not read.</source>
        <translation>{} ist größer, als Einstellungen je sind, und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>{} is not valid TOML: {}.</source>
        <translation>{} ist kein gültiges TOML: {}.</translation>
    </message>
    <message>
        <source>{} is not valid TOML for Mien: a line has too many dots.</source>
        <translation>{} ist für Mien kein gültiges TOML: Eine Zeile hat zu viele Punkte.</translation>
    </message>
    <message>
        <source>{} is not valid TOML: it has too many levels.</source>
        <translation>{} ist kein gültiges TOML: Es hat zu viele Ebenen.</translation>
    </message>
    <message>
        <source>{} must be a table of values.</source>
        <translation>{} muss eine Tabelle von Werten sein.</translation>
    </message>
    <message>
        <source>{}: {} is unknown. Known are {}.</source>
        <translation>{}: {} ist unbekannt. Bekannt sind {}.</translation>
    </message>
    <message>
        <source>{} lacks {}.</source>
        <translation>In {} fehlt {}.</translation>
    </message>
    <message>
        <source>{} = {} must be one of {}.</source>
        <translation>{} = {} muss eines sein von {}.</translation>
    </message>
    <message>
        <source>{} must be a list.</source>
        <translation>{} muss eine Liste sein.</translation>
    </message>
    <message>
        <source>{} = {} must be a finite number.</source>
        <translation>{} = {} muss eine endliche Zahl sein.</translation>
    </message>
    <message>
        <source>{} = {} must be of type {}.</source>
        <translation>{} = {} muss vom Typ {} sein.</translation>
    </message>
    <message>
        <source>{}: {} must be a whole number.</source>
        <translation>{}: {} muss eine ganze Zahl sein.</translation>
    </message>
    <message>
        <source>{}: &apos;{}&apos; is the former name of &apos;{}&apos;. Keep only &apos;{}&apos;.</source>
        <translation>{}: „{}“ ist der frühere Name von „{}“. Nur „{}“ behalten.</translation>
    </message>
    <message>
        <source>Markers need a library that is not installed. {}</source>
        <translation>Für Marker fehlt eine Bibliothek. {}</translation>
    </message>
    <message>
        <source>{} is in use by another training. Wait until it has ended.</source>
        <translation>{} wird von einem anderen Training benutzt. Warten, bis es beendet ist.</translation>
    </message>
    <message>
        <source>{}: training and validation do not have the same classes.</source>
        <translation>{}: Training und Validierung haben nicht dieselben Klassen.</translation>
    </message>
    <message>
        <source>{}: no FERPlus here. Expected FER2013Train/ and FER2013Valid/, or a zip of them.</source>
        <translation>{}: hier ist kein FERPlus. Erwartet werden FER2013Train/ und FER2013Valid/ oder ein ZIP davon.</translation>
    </message>
    <message>
        <source>{} has no label.csv. Run Microsoft&apos;s FERPlus generator, or choose another split.</source>
        <translation>{} hat keine label.csv. Microsofts FERPlus-Generator ausführen oder eine andere Aufteilung wählen.</translation>
    </message>
    <message>
        <source>Backbone &apos;{}&apos; cannot be built for {} px: {}</source>
        <translation>Backbone „{}“ lässt sich nicht für {} px bauen: {}</translation>
    </message>
    <message>
        <source>No backbone is called &apos;{}&apos;. `python -c &apos;import timm; print(timm.list_models())&apos;` lists them.</source>
        <translation>Kein Backbone heißt „{}“. `python -c &apos;import timm; print(timm.list_models())&apos;` listet sie auf.</translation>
    </message>
    <message>
        <source>Config: classes must be 2 to {} different names.</source>
        <translation>Einstellungen: classes braucht 2 bis {} verschiedene Namen.</translation>
    </message>
    <message>
        <source>Config: {} cannot be a class&apos;s name: use a line of 1 to {} letters.</source>
        <translation>Einstellungen: {} kann keine Klasse benennen: möglich ist eine Zeile von 1 bis {} Buchstaben.</translation>
    </message>
    <message>
        <source>No class can be called &apos;{}&apos;: in tables &apos;{}&apos; parts one class from another. Rename it.</source>
        <translation>Keine Klasse kann „{}“ heißen: in Tabellen trennt „{}“ die Klassen. Anders benennen.</translation>
    </message>
    <message>
        <source>Config: {} = {} is none of {}.</source>
        <translation>Einstellungen: {} = {} ist keines von {}.</translation>
    </message>
    <message>
        <source>Config: head_width must be at least 2 ** (head_layers - 1).</source>
        <translation>Einstellungen: head_width muss mindestens 2 ** (head_layers - 1) sein.</translation>
    </message>
    <message>
        <source>Config: backbone must be a name of letters, digits, &apos;_&apos;, &apos;-&apos; and &apos;.&apos;.</source>
        <translation>Einstellungen: backbone muss ein Name aus Buchstaben, Ziffern, „_“, „-“ und „.“ sein.</translation>
    </message>
    <message>
        <source>Config: crop_size must be divisible by 4 for blind-sr.</source>
        <translation>Einstellungen: crop_size muss für blind-sr durch 4 teilbar sein.</translation>
    </message>
    <message>
        <source>Config: ltr_patch must divide crop_size and input_size.</source>
        <translation>Einstellungen: ltr_patch muss crop_size und input_size teilen.</translation>
    </message>
    <message>
        <source>Config: crop_size must be at least {} for domain_shift.</source>
        <translation>Einstellungen: crop_size muss für domain_shift mindestens {} sein.</translation>
    </message>
    <message>
        <source>Config: anchor_heads must divide anchor_width.</source>
        <translation>Einstellungen: anchor_heads muss anchor_width teilen.</translation>
    </message>
    <message>
        <source>{} is not a safetensors file: its header is damaged.</source>
        <translation>{} ist keine Safetensors-Datei: der Kopf ist beschädigt.</translation>
    </message>
    <message>
        <source>{} is not a safetensors file: its header does not describe {}.</source>
        <translation>{} ist keine Safetensors-Datei: der Kopf beschreibt {} nicht.</translation>
    </message>
    <message>
        <source>{} is not a whole safetensors file: its tensors should have {} bytes.</source>
        <translation>{} ist keine vollständige Safetensors-Datei: die Tensoren müssten {} Bytes haben.</translation>
    </message>
    <message>
        <source>{} is not a safetensors file: {}</source>
        <translation>{} ist keine Safetensors-Datei: {}</translation>
    </message>
    <message>
        <source>{} is damaged: tensor {} holds numbers that are not finite.</source>
        <translation>{} ist beschädigt: Der Tensor {} enthält Zahlen, die nicht endlich sind.</translation>
    </message>
    <message>
        <source>The training needs the faces of {}, which were not given.</source>
        <translation>Das Training braucht die Gesichter von {}, die nicht angegeben wurden.</translation>
    </message>
    <message numerus="yes">
        <source>{}: %n face(s) an epoch: too few to train on. Add pictures.</source>
        <translation>
            <numerusform>{}: %n Gesicht je Epoche: zu wenig für ein Training. Bilder hinzufügen.</numerusform>
            <numerusform>{}: %n Gesichter je Epoche: zu wenige für ein Training. Bilder hinzufügen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{} is no checkpoint of Mien. Delete it, or begin a new training.</source>
        <translation>{} ist kein Checkpoint von Mien. Löschen oder ein neues Training beginnen.</translation>
    </message>
    <message>
        <source>{} holds a training with another config, other data or another version of Mien. Begin a new one.</source>
        <translation>{} enthält ein Training mit anderen Einstellungen, anderen Daten oder einer anderen Version von Mien. Ein neues beginnen.</translation>
    </message>
    <message>
        <source>&apos;{}&apos; cannot teach: its classes or colours are not those of {}. Give others, or distil = 0 in the config.</source>
        <translation>„{}“ kann nicht lehren: Klassen oder Farben sind nicht die von {}. Andere angeben oder in den Einstellungen distil = 0.</translation>
    </message>
    <message>
        <source>Config: &apos;{}&apos; has no super-resolution and no resizer that fit this network.</source>
        <translation>Einstellungen: „{}“ hat keine Super-Resolution und keinen Resizer, die zu diesem Netz passen.</translation>
    </message>
    <message>
        <source>Config: the backbone &apos;{}&apos; has no {} stream to load.</source>
        <translation>Einstellungen: Das Backbone „{}“ hat keinen Zweig „{}“, der geladen werden könnte.</translation>
    </message>
    <message>
        <source>Config: &apos;{}&apos; has no whole face network for a stream. Name a model over face_mobilenet, or a safetensors file of the face network.</source>
        <translation>Einstellungen: „{}“ hat kein vollständiges Gesichtsnetz für einen Zweig. Ein Modell über face_mobilenet oder eine Safetensors-Datei des Gesichtsnetzes angeben.</translation>
    </message>
    <message>
        <source>{} has the classes {}, not those of the config: {}.</source>
        <translation>{} hat die Klassen {}, nicht die der Einstellungen: {}.</translation>
    </message>
    <message>
        <source>The loss is no number any more in epoch {}. Begin anew with a lower learning rate.</source>
        <translation>Der Verlust ist in Epoche {} keine Zahl mehr. Neu beginnen, mit einer kleineren Lernrate.</translation>
    </message>
    <message>
        <source>{}%</source>
        <translation>{} %</translation>
    </message>
    <message>
        <source>Config: trained = {}, but the network has none.</source>
        <translation>Einstellungen: trained = {}, aber das Netz hat nichts dergleichen.</translation>
    </message>
    <message>
        <source>Classifies facial expressions, which are not feelings.</source>
        <translation>Klassifiziert Gesichtsausdrücke; das sind keine Gefühle.</translation>
    </message>
    <message>
        <source>Trained on small grey pictures found on the web in 2013, labelled by crowd workers; who is shown is not recorded, and accuracy may differ between groups of people.</source>
        <translation>Trainiert mit kleinen grauen Bildern, die 2013 im Internet gefunden und von Crowdworkern gelabelt wurden; wer zu sehen ist, ist nicht verzeichnet, und die Genauigkeit kann sich zwischen Gruppen von Menschen unterscheiden.</translation>
    </message>
    <message>
        <source>Rare classes (disgust, contempt, fear) are classified less well.</source>
        <translation>Seltene Klassen (Ekel, Verachtung, Angst) werden weniger gut klassifiziert.</translation>
    </message>
    <message>
        <source>Probabilities and prediction sets are fitted on these pictures: on others they may promise too much, most of all for sadness, disgust and fear.</source>
        <translation>Wahrscheinlichkeiten und Vorhersagemengen sind an diese Bilder angepasst: Bei anderen versprechen sie womöglich zu viel, vor allem bei Traurigkeit, Ekel und Angst.</translation>
    </message>
    <message>
        <source>In the EU, inferring emotions of people at work or in education is prohibited except for medical or safety reasons (AI Act, Art. 5(1)(f)).</source>
        <translation>In der EU ist es verboten, Emotionen von Personen am Arbeitsplatz oder in Bildungseinrichtungen abzuleiten, außer aus medizinischen Gründen oder Sicherheitsgründen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f).</translation>
    </message>
    <message>
        <source>Trained on {} faces; who is shown is not recorded, and accuracy may differ between groups of people.</source>
        <translation>Trainiert mit {} Gesichtern; wer zu sehen ist, ist nicht verzeichnet, und die Genauigkeit kann sich zwischen Gruppen von Menschen unterscheiden.</translation>
    </message>
    <message>
        <source>Probabilities and prediction sets are fitted on pictures of the same source: on others they may promise too much.</source>
        <translation>Wahrscheinlichkeiten und Vorhersagemengen sind an Bilder derselben Herkunft angepasst: Bei anderen versprechen sie womöglich zu viel.</translation>
    </message>
    <message>
        <source>It also learned from {} web faces without labels (press photographs of a research collection), classified by its teachers.</source>
        <translation>Es lernte auch aus {} Gesichtern ohne Label aus dem Internet (Pressefotos einer Forschungssammlung), klassifiziert von seinen Lehrermodellen.</translation>
    </message>
    <message>
        <source>Then trained on {} faces that its owner collected and labelled.</source>
        <translation>Danach trainiert mit {} Gesichtern, die eigens dafür gesammelt und gelabelt wurden.</translation>
    </message>
    <message>
        <source>Reads facial expressions, which are not feelings.</source>
        <translation>Klassifiziert Gesichtsausdrücke; das sind keine Gefühle.</translation>
    </message>
    <message>
        <source>Rare classes (disgust, contempt, fear) are read less well.</source>
        <translation>Seltene Klassen (Ekel, Verachtung, Angst) werden weniger gut klassifiziert.</translation>
    </message>
    <message>
        <source>In the EU, inferring emotions of people at work or in education is prohibited but for medical or safety reasons (AI Act, Art. 5(1)(f)).</source>
        <translation>In der EU ist es verboten, Emotionen von Personen am Arbeitsplatz oder in Bildungseinrichtungen abzuleiten, außer aus medizinischen Gründen oder Sicherheitsgründen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f).</translation>
    </message>
    <message>
        <source>Neural Resizer in front of {}</source>
        <translation>Neural Resizer, dann {}</translation>
    </message>
    <message>
        <source>MobileNetV1 that knows faces (VGGFace2)</source>
        <translation>MobileNetV1, vortrainiert mit Gesichtern (VGGFace2)</translation>
    </message>
    <message>
        <source>Swin blocks over {}</source>
        <translation>Swin-Blöcke über {}</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0 (convolutions, no transformer)</source>
        <translation>EfficientNet-Lite0 (Faltungen, kein Transformer)</translation>
    </message>
    <message>
        <source>{}, reliability balancing ({})</source>
        <translation>{}, Zuverlässigkeitsausgleich ({})</translation>
    </message>
    <message>
        <source>{}, fine-tuned on {} ({})</source>
        <translation>{}, nachtrainiert mit {} ({})</translation>
    </message>
    <message>
        <source>{} faces were found with a lower score than the settings asked for, and left out; they would stay visible. Analyse {} for a session that has them.</source>
        <translation>{} Gesichter wurden mit einer geringeren Güte gefunden, als die Einstellungen verlangen, und ausgelassen; sie blieben sichtbar. {} analysieren: in jener Sitzung sind sie dabei.</translation>
    </message>
    <message>
        <source>Up to {} faces were found in a frame, more than were classified; the others would stay visible. Analyse the file again with {} faces at most.</source>
        <translation>In einem Einzelbild wurden bis zu {} Gesichter gefunden, mehr als klassifiziert; die übrigen blieben sichtbar. Die Datei mit höchstens {} Gesichtern noch einmal analysieren.</translation>
    </message>
    <message>
        <source>{} is by an older version of Mien, which did not write down whether it left faces out; they would stay visible. Analyse the file again.</source>
        <translation>{} ist von einer älteren Version von Mien, die nicht festhielt, ob sie Gesichter ausließ; diese blieben sichtbar. Die Datei noch einmal analysieren.</translation>
    </message>
    <message>
        <source>Nothing can be sent to {}: {}. Check the address.</source>
        <translation>An {} kann nichts gesendet werden: {}. Die Adresse prüfen.</translation>
    </message>
    <message>
        <source>Nothing can listen on {}, port {}: {}. Another program may do so: end it.</source>
        <translation>Auf {}, Port {}, kann nichts lauschen: {}. Vielleicht tut es ein anderes Programm: dieses beenden.</translation>
    </message>
    <message>
        <source>Nothing is sent any more: {}.</source>
        <translation>Es wird nichts mehr gesendet: {}.</translation>
    </message>
    <message>
        <source>Faces are followed over {} s at most, so nobody is a person here. Analyse at least one frame in {}.</source>
        <translation>Gesichtern wird höchstens über {} s gefolgt, daher ist hier niemand eine Person. Mindestens jedes {}. Einzelbild analysieren.</translation>
    </message>
</context>
</TS>
